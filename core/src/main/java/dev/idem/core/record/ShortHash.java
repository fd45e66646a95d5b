package dev.idem.core.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The beginning of a text's SHA-256, in hexadecimal. It replaces a text that is secret or too long. */
public final class ShortHash {
    private ShortHash() {}

    /** As logs show it, with 12 digits. */
    public static String inLog(String text) {
        return of(text, RecordId.LOG_HASH_BYTES);
    }

    static String of(String text, int bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
