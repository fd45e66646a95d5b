package dev.idem.core.fingerprint;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Builds the canonical text of a JSON value, in UTF-8, while the value is read. Values are written in the order of
 * reading. For one thread.
 */
final class CanonicalText {
    private static final HexFormat HEXADECIMAL = HexFormat.of();

    /** The most bytes that one UTF-16 unit takes: an escape. */
    private static final int LONGEST_UNIT = 6;

    /** Digits, and a sign. */
    private static final int LONGEST_INT = 11;

    private final MemberOrder order = new MemberOrder();
    private byte[] bytes;
    private int length;

    /** @param expected about how many bytes the text will have */
    CanonicalText(int expected) {
        bytes = new byte[Math.max(16, expected + expected / 8)];
    }

    /** An object that is being written. */
    final class Members {
        private final int begin = length;
        private final int first = order.count();
        private boolean inOrder = true;

        private Members() {
            ascii('{');
        }

        /** Its value is written next. */
        void begin(String name) {
            if (order.count() > first) {
                ascii(',');
                inOrder &= order.mayStandBefore(name);
            }
            order.begin(name, length);
            string(name);
            ascii(':');
        }

        void end() {
            order.end(length);
        }

        void endAll() {
            ascii('}');
            if (inOrder) {
                order.inOrder(first);
            } else {
                order.outOfOrder(first, bytes, begin, length);
            }
        }
    }

    Members members() {
        return new Members();
    }

    /** ASCII text that needs no escape. */
    void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void ascii(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
    }

    /** A number's digits, without a decimal point among them. */
    void digits(char[] units, int begin, int end) {
        reserve(end - begin);
        for (int i = begin; i < end; i++) {
            if (units[i] != '.') {
                bytes[length++] = (byte) units[i];
            }
        }
    }

    /** In decimal. Creates no string, which would cost one for each number. */
    void decimal(int number) {
        reserve(LONGEST_INT);
        if (number < 0) {
            bytes[length++] = '-';
        }
        int digits = 1;
        for (int rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        length += digits;
    }

    /** A string of any UTF-16 units, escapes resolved. */
    void string(char[] units, int offset, int count) {
        ascii('"');
        int end = offset + count;
        int at = offset;
        while (at < end) {
            int plain = at;
            while (plain < end && isPlain(units[plain])) {
                plain++;
            }
            reserve(plain - at + LONGEST_UNIT);
            byte[] out = bytes;
            int shift = length - at;
            for (int i = at; i < plain; i++) {
                out[i + shift] = (byte) units[i];
            }
            length += plain - at;
            at = plain;
            if (at < end) {
                unit(units[at++]);
            }
        }
        ascii('"');
    }

    private void string(String text) {
        reserve(2 + LONGEST_UNIT * text.length());
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            unit(text.charAt(i));
        }
        bytes[length++] = '"';
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    /** There must be capacity for it. */
    private void unit(char c) {
        if (isPlain(c)) {
            bytes[length++] = (byte) c;
        } else if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c < ' ' || Character.isSurrogate(c)) {
            // Surrogates are escaped too, so that a lone one does not become UTF-8's "?".
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            for (int shift = 12; shift >= 0; shift -= 4) {
                bytes[length++] = (byte) HEXADECIMAL.toLowHexDigit(c >> shift);
            }
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3F));
        } else {
            bytes[length++] = (byte) (0xE0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[length++] = (byte) (0x80 | (c & 0x3F));
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, length * 2));
        }
    }

    /** The whole text, with all members in order. Call it once, at the end. */
    byte[] toBytes() {
        return order.applied(bytes, length);
    }
}
