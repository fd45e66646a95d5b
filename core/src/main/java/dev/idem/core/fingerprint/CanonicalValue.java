package dev.idem.core.fingerprint;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * A JSON value that knows its canonical text. A value is written once, into the text of the whole, however deep it is: were
 * each written into its parent's, a long string under many objects would be copied for each of them.
 */
sealed interface CanonicalValue {

    void writeTo(StringBuilder out);

    /** A number, or true, false or null, in canonical form already. */
    record Token(String text) implements CanonicalValue {
        @Override
        public void writeTo(StringBuilder out) {
            out.append(text);
        }
    }

    /** A string of any UTF-16 units, escapes resolved. */
    record Text(String value) implements CanonicalValue {
        private static final HexFormat HEXADECIMAL = HexFormat.of();

        @Override
        public void writeTo(StringBuilder out) {
            out.append('"');
            int written = 0;
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                    out.append(value, written, i);
                    escape(c, out);
                    written = i + 1;
                }
            }
            out.append(value, written, value.length()).append('"');
        }

        private static void escape(char c, StringBuilder out) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                // Also of surrogates, so that a lone one stays itself and does not become UTF-8's "?".
                out.append("\\u").append(HEXADECIMAL.toHexDigits(c));
            }
        }
    }

    /** An array, in its order. */
    record Elements(List<CanonicalValue> values) implements CanonicalValue {
        @Override
        public void writeTo(StringBuilder out) {
            out.append('[');
            String separator = "";
            for (CanonicalValue value : values) {
                out.append(separator);
                value.writeTo(out);
                separator = ",";
            }
            out.append(']');
        }
    }

    /** An object's member. */
    record Member(Text name, CanonicalValue value) {}

    /** An object, in the order of its members' names; those of the same name in the order in which they came. */
    record Members(List<Member> members) implements CanonicalValue {
        private static final Comparator<Member> BY_NAME =
                Comparator.comparing(member -> member.name().value());

        public Members {
            Member[] sorted = members.toArray(Member[]::new);
            Arrays.sort(sorted, BY_NAME);
            members = List.of(sorted);
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append('{');
            String separator = "";
            for (Member member : members) {
                out.append(separator);
                member.name().writeTo(out);
                out.append(':');
                member.value().writeTo(out);
                separator = ",";
            }
            out.append('}');
        }
    }
}
