package dev.idem.admin.output;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal may show of texts that clients and servers have chosen. Control characters, also those of eight bits, could
 * steer the terminal. Format characters could turn the direction of writing, so that a text looks like another one.
 */
public final class TerminalText {
    private static final String UNSAFE = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}";
    private static final Pattern IN_A_CELL = Pattern.compile("[" + UNSAFE + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + UNSAFE + "&&[^\\n\\t]]");
    private static final Pattern IN_STYLED_LINES =
            Pattern.compile("(?!\\x1b\\[[0-9;]{0,20}m)[" + UNSAFE + "&&[^\\n\\t]]");
    private static final String REPLACEMENT = "?";

    private TerminalText() {}

    /** One line: each such character becomes a question mark, line breaks too. */
    public static String ofCell(String text) {
        return IN_A_CELL.matcher(text).replaceAll(REPLACEMENT);
    }

    /** The same, but tabs and line breaks stay. */
    public static String ofLines(String text) {
        return IN_LINES.matcher(text).replaceAll(REPLACEMENT);
    }

    /** The same, but colours stay too: whatever a cell had is gone already. */
    public static String ofStyledLines(String text) {
        return IN_STYLED_LINES.matcher(text).replaceAll(REPLACEMENT);
    }

    /** For JSON, which keeps such characters: as escapes. */
    static CharacterEscapes inJson() {
        return new Escapes();
    }

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final int DELETE = 0x7f;

        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii[DELETE] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            String text = Character.toString(character);
            boolean isSurrogate = Character.isSurrogate((char) character);
            return isSurrogate || !IN_A_CELL.matcher(text).matches()
                    ? null
                    : new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
        }
    }
}
