package dev.idem.verification.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Bytes that a release has left in a store, kept in hexadecimal with a remark behind each field. */
public final class Golden {
    private Golden() {}

    /** @param name of a file that stands beside {@code place} */
    public static byte[] bytes(Class<?> place, String name) {
        try (InputStream in = requireNonNull(place.getResourceAsStream(name), name)) {
            String text = new String(in.readAllBytes(), UTF_8);
            return HexFormat.of().parseHex(text.replaceAll("#.*", "").replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
