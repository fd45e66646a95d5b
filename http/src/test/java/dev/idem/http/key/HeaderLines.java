package dev.idem.http.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates header values, from a good client's to noise. */
record HeaderLines(List<String> lines) {
    static final String SECRET = "s3cret";

    private static final List<String> TOKENS = List.of(
            "\"",
            "\"",
            "\\",
            "\\\"",
            "\\\\",
            ";",
            ",",
            ", ",
            " ",
            "\t",
            SECRET,
            SECRET,
            '"' + SECRET + '"',
            "\"\"",
            "p=1",
            "=",
            "8e03978e-40d5-43dd-bc93-6894a57f9324",
            "\0",
            "\n",
            "\r",
            "\u007f",
            "\u00e9",
            "\u00a0",
            "?1",
            ":",
            "(",
            ")");

    static HeaderLines of(Random random) {
        List<String> lines = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            boolean again = !lines.isEmpty() && random.nextBoolean();
            lines.add(again ? lines.get(0) : line(random));
        }
        return new HeaderLines(lines);
    }

    private static String line(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> noise(random.nextInt(random.nextBoolean() ? 8 : 300), random);
            case 1 -> "k".repeat(250 + random.nextInt(10));
            case 2 -> '"' + "k\\\"".repeat(120 + random.nextInt(20)) + '"';
            case 3 -> quoted(tokens(3, random)) + tokens(4, random);
            default -> tokens(8, random);
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String tokens(int atMost, Random random) {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(atMost + 1); left > 0; left--) {
            out.append(TOKENS.get(random.nextInt(TOKENS.size())));
        }
        return out.toString();
    }

    private static String noise(int length, Random random) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append((char) random.nextInt(256));
        }
        return out.toString();
    }
}
