package dev.idem.accounts;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106) with the minimum parameters of OWASP's password storage cheat sheet: 19 MiB, two passes, one
 * lane. A hash takes some tens of milliseconds of one core. Thread-safe.
 */
public final class PasswordHasher {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    /** The hash with its parameters and a fresh salt, in the PHC string format. */
    public String hash(String password) {
        return random().of(password).text();
    }

    /**
     * A hash that no password has, in the form of {@link #hash}. To verify a password against it takes as long as against
     * a user's; to make it takes no time.
     */
    public String nobodysHash() {
        return random().text();
    }

    private Argon2Hash random() {
        return Argon2Hash.random(random, MEMORY_KIB, PASSES, LANES, SALT_BYTES, HASH_BYTES);
    }

    /** Whether this is such a hash, and one that takes no more memory and time than any that was ever written. */
    boolean canVerify(@Nullable String hash) {
        return hash != null && Argon2Hash.find(hash).isPresent();
    }

    /** @param hash from {@link #hash}, by this release or by one with other parameters */
    public boolean verify(String password, String hash) {
        Argon2Hash known = Argon2Hash.find(hash)
                .orElseThrow(() -> new IllegalArgumentException("not Argon2id in the PHC string format"));
        return known.matches(known.of(password));
    }
}
