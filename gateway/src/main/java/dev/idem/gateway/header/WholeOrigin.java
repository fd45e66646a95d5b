package dev.idem.gateway.header;

import java.util.Locale;

/** Headers that an upstream may not send, because they would apply to all paths of this origin. */
public final class WholeOrigin {
    private WholeOrigin() {}

    /**
     * Whether a header lets a service worker answer for more than its own folder (Service Workers, section "Service Worker
     * Script Response").
     *
     * @param name in any case
     */
    public static boolean isClaimedBy(String name) {
        return name.toLowerCase(Locale.ROOT).equals("service-worker-allowed");
    }
}
