package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.verification.support.Mutation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A hostile body, with the type that it claims. */
@SuppressWarnings("ArrayRecordComponent") // shown in hexadecimal when a try fails, and never compared
record HostileBody(@Nullable String contentType, byte[] bytes) {
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/problem+json; charset=utf-16",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "multipart/mixed; boundary=\"b b\"",
            "multipart/mixed",
            "text/plain",
            ";=\"");
    private static final List<Charset> CHARSETS = List.of(
            UTF_8,
            UTF_8,
            UTF_16BE,
            UTF_16LE,
            UTF_16,
            Charset.forName("UTF-32BE"),
            Charset.forName("UTF-32LE"),
            ISO_8859_1);
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0e-0",
            "1e999999999",
            "-1E-999999999",
            "1e2147483647",
            "1e2147483648",
            "1e99999999999999999999",
            "0e2147483648",
            "0.1e-2147483647",
            "9007199254740993",
            "1e00000000000000000000005",
            "10E+2",
            "-",
            "1.",
            ".5",
            "1e",
            "01",
            "1e+",
            "NaN",
            "Infinity");
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            ",",
            ":",
            "\"a\"",
            "\"a\":",
            "\"b\":",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\ud83d\ude00\"",
            "\"\\\\\\\"\"",
            "\"",
            "\\",
            "true",
            "null",
            "nul",
            " ",
            "\n",
            "\ufeff",
            "\u0000",
            "/*",
            "//",
            "#",
            "'a'",
            "1",
            "-1.5e3");
    private static final String FORM = "aab==&&%%+0F4;\u00e9\u00ff \r\n";
    private static final List<String> MULTIPART = List.of(
            "--b",
            "--b",
            "--b b",
            "--",
            "\r\n",
            "\r\n",
            "\n",
            "\r",
            " ",
            "b",
            "a: c",
            "\r\n\r\n",
            "--b--",
            "--b--\r\n",
            "\u00ff");

    static HostileBody of(Random random) {
        byte[] bytes =
                switch (random.nextInt(8)) {
                    case 0 -> Mutation.noise(512, random);
                    case 1 -> written(json(4, random), random);
                    case 2 -> written(mixed(TOKENS, 40, random), random);
                    case 3 -> nested(random).getBytes(UTF_8);
                    case 4 -> number(random).getBytes(UTF_8);
                    case 5 -> Mutation.of(zipped(json(4, random)), random);
                    case 6 -> form(random).getBytes(ISO_8859_1);
                    default -> mixed(MULTIPART, 20, random).getBytes(ISO_8859_1);
                };
        String type = random.nextInt(20) == 0 ? null : oneOf(TYPES, random);
        return new HostileBody(type, random.nextInt(3) == 0 ? Mutation.of(bytes, random) : bytes);
    }

    @Override
    public String toString() {
        return contentType + ": " + HexFormat.of().formatHex(bytes);
    }

    private static byte[] written(String text, Random random) {
        return ((random.nextInt(4) == 0 ? "\ufeff" : "") + text).getBytes(oneOf(CHARSETS, random));
    }

    private static String json(int depth, Random random) {
        StringBuilder out = new StringBuilder();
        switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> out.append(oneOf(NUMBERS, random));
            case 1 -> out.append(oneOf(List.of("true", "false", "null"), random));
            case 2 -> out.append('"').append(text(random)).append('"');
            case 3 -> {
                for (int left = random.nextInt(4); left >= 0; left--) {
                    out.append(out.isEmpty() ? "[" : ",").append(json(depth - 1, random));
                }
                out.append(']');
            }
            default -> {
                for (int left = random.nextInt(4); left >= 0; left--) {
                    String name = oneOf(List.of("a", "a", "b", "\\u0061", "", "\u00e9"), random);
                    out.append(out.isEmpty() ? "{" : ",").append('"').append(name);
                    out.append("\":").append(json(depth - 1, random));
                }
                out.append('}');
            }
        }
        return out.toString();
    }

    private static String text(Random random) {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(6); left > 0; left--) {
            out.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        }
        return out.toString();
    }

    private static String nested(Random random) {
        int depth = random.nextInt(600);
        String begin = oneOf(List.of("[", "{\"a\":", "{\"a\":1,\"a\":[", "[[],"), random);
        return begin.repeat(depth)
                + oneOf(List.of("", "1", "\"x\""), random)
                + oneOf(List.of("]", "}", "]}", ""), random).repeat(depth);
    }

    private static String number(Random random) {
        String digits = oneOf(List.of("1", "9", "0"), random).repeat(1 + random.nextInt(400));
        return switch (random.nextInt(4)) {
            case 0 -> oneOf(NUMBERS, random);
            case 1 -> "1" + digits;
            case 2 -> "-0." + digits + "e" + (random.nextInt() >> random.nextInt(Integer.SIZE));
            default -> "[1." + digits + ',' + "1".repeat(1_200) + ']';
        };
    }

    private static String form(Random random) {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(60); left > 0; left--) {
            out.append(FORM.charAt(random.nextInt(FORM.length())));
        }
        return out.toString();
    }

    private static String mixed(List<String> tokens, int atMost, Random random) {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(atMost + 1); left > 0; left--) {
            out.append(oneOf(tokens, random));
        }
        return out.toString();
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
