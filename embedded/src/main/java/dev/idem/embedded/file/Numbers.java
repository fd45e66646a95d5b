package dev.idem.embedded.file;

import java.util.Optional;

/** Parses numbers in files that may be truncated. */
public final class Numbers {

    private Numbers() {}

    public static Optional<Integer> positiveInt(String text) {
        return text.matches("[1-9][0-9]{0,8}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
