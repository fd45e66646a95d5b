package dev.idem.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash in the PHC string format. Written and read here: the library changes the case of its words by the rules of the
 * process's locale, and under Turkish ones writes {@code argon2ıd} and knows no {@code argon2id}.
 *
 * @param version of Argon2
 * @param salt in Base64 without padding, as the hash is
 */
record Argon2Hash(int version, int memoryKib, int passes, int lanes, String salt, String hash) {
    /** A hash that an earlier release wrote under a Turkish locale is read, too. */
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2[i\\u0131]d\\$v=(\\d{1,9})\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** Bounds of what a login may cost, and of what Argon2 takes (RFC 9106, section 3.1). */
    private static final int MOST_MEMORY_KIB = 256 * 1024;

    private static final int MOST_PASSES = 32;
    private static final int MOST_LANES = 16;
    private static final int LEAST_SALT_BYTES = 8;
    private static final int LEAST_HASH_BYTES = 4;
    private static final Set<Integer> VERSIONS =
            Set.of(Argon2Function.ARGON2_VERSION_10, Argon2Function.ARGON2_VERSION_13);

    /** Empty if it is not such a hash, or one that cannot be computed within the bounds. */
    static Optional<Argon2Hash> find(String text) {
        Matcher parts = PHC.matcher(text);
        return parts.matches()
                ? Optional.of(new Argon2Hash(
                                Integer.parseInt(parts.group(1)),
                                Integer.parseInt(parts.group(2)),
                                Integer.parseInt(parts.group(3)),
                                Integer.parseInt(parts.group(4)),
                                parts.group(5),
                                parts.group(6)))
                        .filter(Argon2Hash::canBeComputed)
                : Optional.empty();
    }

    private boolean canBeComputed() {
        return VERSIONS.contains(version)
                && lanes >= 1
                && lanes <= MOST_LANES
                && passes >= 1
                && passes <= MOST_PASSES
                && memoryKib >= 8 * lanes
                && memoryKib <= MOST_MEMORY_KIB
                && bytesIn(salt) >= LEAST_SALT_BYTES
                && bytesIn(hash) >= LEAST_HASH_BYTES;
    }

    /** None if it is not Base64. */
    private static int bytesIn(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /** With random salt and hash, which no password has. */
    static Argon2Hash random(SecureRandom random, int memoryKib, int passes, int lanes, int saltBytes, int hashBytes) {
        return new Argon2Hash(
                Argon2Function.ARGON2_VERSION_13,
                memoryKib,
                passes,
                lanes,
                base64(bytes(random, saltBytes)),
                base64(bytes(random, hashBytes)));
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The same parameters and salt for a password. */
    Argon2Hash of(String password) {
        Base64.Decoder base64 = Base64.getDecoder();
        Argon2Function function =
                Argon2Function.getInstance(memoryKib, passes, lanes, base64.decode(hash).length, Argon2.ID, version);
        byte[] result =
                function.hash(password.getBytes(UTF_8), base64.decode(salt)).getBytes();
        return new Argon2Hash(version, memoryKib, passes, lanes, salt, base64(result));
    }

    /** Takes as long for each other hash. */
    boolean matches(Argon2Hash other) {
        return MessageDigest.isEqual(hash.getBytes(UTF_8), other.hash.getBytes(UTF_8));
    }

    String text() {
        return "$argon2id$v=" + version + "$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + '$' + salt + '$' + hash;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Without salt and hash. */
    @Override
    public String toString() {
        return "Argon2Hash[version=" + version + ", m=" + memoryKib + ", t=" + passes + ", p=" + lanes + ']';
    }
}
