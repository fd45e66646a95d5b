package dev.idem.embedded.file;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Generated once for each data directory. It is needed because a client that may run commands in a server runs them as the user
 * who started it.
 */
public final class Password {

    private static final int BYTES = 24;

    private Password() {}

    /** Letters, digits, {@code -} and {@code _} only: needs quoting nowhere. */
    public static String generate() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
