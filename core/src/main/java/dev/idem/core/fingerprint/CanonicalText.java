package dev.idem.core.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The canonical text of a JSON value while it is read, in UTF-8. Values are written in the order in which they come, and objects whose members
 * came in another order than that of their names are put right at the end: each byte is moved once, however deep it is. Were each
 * object sorted into its parent, a long string under many objects would be moved for each of them. For one thread.
 */
final class CanonicalText {
    private static final HexFormat HEXADECIMAL = HexFormat.of();
    private static final Comparator<Member> BY_NAME = Comparator.comparing(Member::name);

    private final List<Disorder> disorders = new ArrayList<>(0);
    private byte[] bytes;
    private int length;

    /** @param expected how many bytes it will have, more or less */
    CanonicalText(int expected) {
        bytes = new byte[Math.max(16, expected + expected / 8)];
    }

    /** A member of an object, and where it stands. */
    private record Member(String name, int begin, int end) {}

    /** An object whose members are to change places; it stands from {@code begin} to {@code end}. */
    private record Disorder(int begin, int end, List<Member> inOrder) {}

    /** An object that is being written. */
    final class Members {
        private final List<Member> members = new ArrayList<>();
        private final int begin = length;
        private boolean inOrder = true;
        private String name = "";
        private int memberBegin;

        private Members() {
            ascii('{');
        }

        /** Its value is to be written next. */
        void begin(String name) {
            if (!members.isEmpty()) {
                ascii(',');
                inOrder &= members.get(members.size() - 1).name().compareTo(name) <= 0;
            }
            this.name = name;
            memberBegin = length;
            string(name);
            ascii(':');
        }

        void end() {
            members.add(new Member(name, memberBegin, length));
        }

        void endAll() {
            ascii('}');
            if (!inOrder) {
                members.sort(BY_NAME); // stable: those of the same name keep their order
                disorders.add(new Disorder(begin, length, members));
            }
        }
    }

    Members members() {
        return new Members();
    }

    /** Something in ASCII that needs no escape. */
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
            reserve(plain - at);
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
        ascii('"');
        for (int i = 0; i < text.length(); i++) {
            unit(text.charAt(i));
        }
        ascii('"');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    private void unit(char c) {
        reserve(6);
        if (c < ' ' || Character.isSurrogate(c)) {
            // Surrogates, too, so that a lone one stays itself and does not become UTF-8's "?".
            ascii("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                bytes[length++] = (byte) HEXADECIMAL.toLowHexDigit(c >> shift);
            }
        } else if (c < 0x80) {
            if (c == '"' || c == '\\') {
                bytes[length++] = '\\';
            }
            bytes[length++] = (byte) c;
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

    /** The whole text, with all members in order. To be called once, at the end. */
    byte[] toBytes() {
        if (disorders.isEmpty()) {
            return Arrays.copyOf(bytes, length);
        }
        disorders.sort(Comparator.comparingInt(Disorder::begin));
        return new InOrder().whole();
    }

    /** Puts the members in order. */
    private final class InOrder {
        private final byte[] ordered = new byte[length];
        private int written;

        byte[] whole() {
            copy(0, length);
            return ordered;
        }

        private void copy(int begin, int end) {
            int from = begin;
            for (int i = firstFrom(begin);
                    i < disorders.size() && disorders.get(i).begin() < end;
                    i = firstFrom(from)) {
                Disorder disorder = disorders.get(i);
                plain(from, disorder.begin());
                members(disorder);
                from = disorder.end();
            }
            plain(from, end);
        }

        private void members(Disorder disorder) {
            char before = '{';
            for (Member member : disorder.inOrder()) {
                ordered[written++] = (byte) before;
                copy(member.begin(), member.end());
                before = ',';
            }
            ordered[written++] = '}';
        }

        private void plain(int begin, int end) {
            System.arraycopy(bytes, begin, ordered, written, end - begin);
            written += end - begin;
        }

        /** The index of the outermost disordered object that begins there or later. */
        private int firstFrom(int position) {
            int low = 0;
            int high = disorders.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (disorders.get(middle).begin() < position) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
