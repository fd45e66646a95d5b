package dev.idem.core.fingerprint;

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
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c < ' ' || Character.isSurrogate(c)) {
                    // Escaped, so that a lone surrogate stays itself and does not become UTF-8's "?".
                    out.append("\\u").append(HEXADECIMAL.toHexDigits(c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
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
        public Members {
            members = members.stream()
                    .sorted(Comparator.comparing(member -> member.name().value()))
                    .toList();
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
