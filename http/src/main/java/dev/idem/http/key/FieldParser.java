package dev.idem.http.key;

/** Reads a header's text from left to right. For one thread. */
final class FieldParser {
    private final String text;
    private int at;

    FieldParser(String text) {
        this.text = text;
    }

    boolean hasMore() {
        return at < text.length();
    }

    /** Whether this character is next; does not read it. */
    boolean isNext(char expected) {
        return hasMore() && text.charAt(at) == expected;
    }

    /** Whether a character of this class is next; does not read it. */
    boolean isNext(CharacterClass expected) {
        return hasMore() && expected.has(text.charAt(at));
    }

    /** Reads this character if it is next. */
    boolean take(char expected) {
        boolean isNext = isNext(expected);
        at += isNext ? 1 : 0;
        return isNext;
    }

    char take() {
        return text.charAt(at++);
    }

    /** Reads all characters of a class that are next. */
    String takeAll(CharacterClass of) {
        int begin = at;
        while (isNext(of)) {
            at++;
        }
        return text.substring(begin, at);
    }

    /** A set of characters. */
    @FunctionalInterface
    interface CharacterClass {
        boolean has(char c);
    }
}
