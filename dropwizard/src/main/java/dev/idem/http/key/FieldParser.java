package dev.idem.http.key;

/** A header's text and how far it has been read; what is wrong with it is said without quoting it. For one thread. */
final class FieldParser {
    private final String text;
    private int at;

    FieldParser(String text) {
        this.text = text;
    }

    boolean hasMore() {
        return at < text.length();
    }

    /** Whether this stands next; it is not read. */
    boolean isNext(char expected) {
        return hasMore() && text.charAt(at) == expected;
    }

    /** Whether one of these characters, or of those of a class, stands next. */
    boolean isNext(CharacterClass expected) {
        return hasMore() && expected.has(text.charAt(at));
    }

    /** Reads this, if it stands next. */
    boolean take(char expected) {
        boolean isNext = isNext(expected);
        at += isNext ? 1 : 0;
        return isNext;
    }

    char take() {
        return text.charAt(at++);
    }

    /** Reads as many characters of a class as there are. */
    String takeAll(CharacterClass of) {
        int begin = at;
        while (isNext(of)) {
            at++;
        }
        return text.substring(begin, at);
    }

    /** Which characters may stand somewhere. */
    @FunctionalInterface
    interface CharacterClass {
        boolean has(char c);
    }
}
