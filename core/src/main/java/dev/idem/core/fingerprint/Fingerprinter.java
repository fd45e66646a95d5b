package dev.idem.core.fingerprint;

import dev.idem.core.record.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over method, path, sorted query, scope, headers that the rules include, media type and canonical body. Each
 * part has its length before it, so that two different requests never produce the same bytes. Thread-safe.
 */
public final class Fingerprinter {
    private static final byte[] NOTHING = {};

    private final CanonicalJson canonicalJson;

    /** @param rules the route's rules */
    public Fingerprinter(FingerprintRules rules) {
        this.canonicalJson = new CanonicalJson(rules.pointers());
    }

    public Fingerprint fingerprint(FingerprintedRequest request) {
        MediaType mediaType = MediaType.of(request.contentType());
        Optional<byte[]> canonical = canonical(mediaType, request);
        return canonical.isPresent()
                ? digest(request, "canonical", mediaType.value(), canonical.get())
                : digest(
                        request,
                        "as it is",
                        mediaType.isCanonicalJson() ? mediaType.value() : request.contentType(),
                        request.body());
    }

    /** The fingerprint of one field of the body, regardless of the other fields; empty if there is no such field. */
    public Optional<Fingerprint> fingerprint(FingerprintedRequest request, ContentRule rule) {
        return MediaType.of(request.contentType()).isCanonicalJson()
                ? rule.valueIn(request.body())
                        .map(value -> digest(request, "content", rule.field(), value.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static Fingerprint digest(FingerprintedRequest request, String kind, @Nullable String type, byte[] body) {
        MessageDigest sha256 = sha256();
        add(sha256, request.method());
        add(sha256, request.path());
        add(sha256, sorted(request.query()));
        add(sha256, request.scope().value());
        request.headers().forEach((name, value) -> {
            add(sha256, name);
            add(sha256, value);
        });
        add(sha256, kind);
        add(sha256, type);
        add(sha256, body);
        return new Fingerprint(sha256.digest());
    }

    private Optional<byte[]> canonical(MediaType mediaType, FingerprintedRequest request) {
        if (mediaType.isCanonicalJson()) {
            return canonicalJson.canonicalise(request.body());
        }
        if (mediaType.value().equals("application/x-www-form-urlencoded")) {
            return CanonicalForm.canonicalise(request.body());
        }
        return mediaType.value().startsWith("multipart/") && request.contentType() != null
                ? CanonicalMultipart.canonicalise(request.contentType(), request.body())
                : Optional.empty();
    }

    /** Parameters of the same name keep their order, which may be significant. */
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
        digest.update(LengthPrefixedEncoder.lengthOf(part));
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
