package dev.idem.service;

import java.security.Security;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For how long this process believes what it has learned of a host's name. */
final class NameLookups {
    private static final String FOUND = "networkaddress.cache.ttl";
    private static final String FOUND_BY_FLAG = "sun.net.inetaddr.ttl";

    /** A failover by DNS, or of a service in Kubernetes, should not wait longer for us than for its own steps. */
    private static final String SECONDS = "5";

    private NameLookups() {}

    /** Java remembers an address for 30 s. Call this before the first look-up. What an administrator has set stays. */
    static void rememberShortly() {
        unlessSet(Security.getProperty(FOUND), System.getProperty(FOUND_BY_FLAG))
                .ifPresent(seconds -> Security.setProperty(FOUND, seconds));
    }

    /** What is to be set. */
    static Optional<String> unlessSet(@Nullable String property, @Nullable String flag) {
        return property == null && flag == null ? Optional.of(SECONDS) : Optional.empty();
    }
}
