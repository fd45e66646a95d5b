package dev.idem.core.fingerprint;

import dev.idem.core.record.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over method, path, sorted query, scope, media type and canonical body. Each part goes in with its length
 * before it, so that no two different requests write the same bytes. Thread-safe.
 */
public final class Fingerprinter {
    private static final byte[] NOTHING = {};

    private final CanonicalJson canonicalJson = new CanonicalJson();

    public Fingerprint fingerprint(FingerprintedRequest request) {
        String mediaType = mediaType(request.contentType());
        boolean json = mediaType.equals("application/json") || mediaType.endsWith("+json");
        MessageDigest sha256 = sha256();
        add(sha256, request.method());
        add(sha256, request.path());
        add(sha256, sorted(request.query()));
        add(sha256, request.scope().value());
        add(sha256, json ? mediaType : request.contentType());
        add(sha256, json ? canonicalJson.canonicalise(request.body()).orElse(request.body()) : request.body());
        return new Fingerprint(sha256.digest());
    }

    /** Without parameters: they say how JSON is written down, and the canonical body says that it is the same. */
    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /** Parameters of the same name keep their order: it may mean something. */
    private static String sorted(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        String[] parameters = query.split("&", -1);
        Arrays.sort(parameters, (left, right) -> name(left).compareTo(name(right)));
        return String.join("&", parameters);
    }

    private static String name(String parameter) {
        int value = parameter.indexOf('=');
        return value < 0 ? parameter : parameter.substring(0, value);
    }

    private static void add(MessageDigest digest, @Nullable String part) {
        add(digest, part == null ? NOTHING : part.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
