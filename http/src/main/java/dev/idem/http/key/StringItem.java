package dev.idem.http.key;

import dev.idem.http.key.FieldParser.CharacterClass;

/** Reads and writes an item of a structured field that is a string (RFC 9651, sections 3.1.2, 3.3.3 and 4.2.3). Stateless. */
final class StringItem {
    private static final CharacterClass SPACE = c -> c == ' ';
    private static final CharacterClass BEGIN_OF_NAME = c -> BareItem.isLowerCase(c) || c == '*';
    private static final CharacterClass IN_NAME =
            c -> BareItem.isLowerCase(c) || BareItem.isDigit(c) || "_-.*".indexOf(c) >= 0;

    private StringItem() {}

    /** Reads the string, skips its parameters, and stops after them. */
    static String read(FieldParser text) {
        String string = string(text);
        while (text.take(';')) {
            text.takeAll(SPACE);
            if (!text.isNext(BEGIN_OF_NAME)) {
                throw new MalformedKeyException("The semicolon after the key must be followed by a parameter's name,"
                        + " which begins with a lower-case letter or an asterisk.");
            }
            text.takeAll(IN_NAME);
            if (text.take('=')) {
                BareItem.skip(text);
            }
        }
        return string;
    }

    /** The string in double quotes. */
    static String written(String string) {
        return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The characters between the quotes, with escapes resolved. */
    static String string(FieldParser text) {
        if (!text.take('"')) {
            throw new MalformedKeyException("Something other than a quoted key follows a comma.");
        }
        StringBuilder string = new StringBuilder();
        while (text.hasMore()) {
            char c = text.take();
            if (c == '"') {
                return string.toString();
            }
            string.append(c == '\\' ? escaped(text) : printable(c));
        }
        throw new MalformedKeyException("The closing double quote is missing.");
    }

    private static char escaped(FieldParser text) {
        if (!text.isNext('"') && !text.isNext('\\')) {
            throw new MalformedKeyException("A backslash must be followed by a double quote or a backslash.");
        }
        return text.take();
    }

    private static char printable(char c) {
        if (c < ' ' || c > '~') {
            throw new MalformedKeyException("The key has a character that is not printable ASCII.");
        }
        return c;
    }
}
