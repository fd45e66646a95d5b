package dev.idem.conformance.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Bytes and headers as people can read them in a report. */
final class Shown {
    private static final int LONGEST = 300;

    private Shown() {}

    static String body(byte[] body) {
        return body.length == 0 ? "(no body)" : text(new String(body, StandardCharsets.UTF_8));
    }

    static String text(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars()
                .limit(LONGEST)
                .forEach(c -> shown.append(
                        c < ' ' || c == 0x7f ? String.format(Locale.ROOT, "\\x%02x", c) : Character.toString(c)));
        return text.length() > LONGEST ? shown + "… (" + text.length() + " characters)" : shown.toString();
    }
}
