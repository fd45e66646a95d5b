package dev.idem.core.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Puts the members of a JSON text's objects into the order of their names. A small object is put right where it stands as soon as it ends; a
 * larger one is noted, and put right when the whole text is written. So no byte is moved more often than small objects can be nested in one
 * another; were every object put right where it stands, a long string under many objects would be moved for each of them. For one thread.
 */
final class MemberOrder {
    /** Bytes. Two dozen objects that are out of order can be nested in that many. */
    private static final int SMALL = 256;

    private static final Comparator<Member> BY_NAME = Comparator.comparing(member -> member.name);

    /** Of all objects that have not ended, the outermost one's first; behind {@code count}, some to be used again. */
    private Member[] members = new Member[8];

    private int count;
    private final List<Disorder> disorders = new ArrayList<>(0);
    private byte[] before = {};

    /** A member of an object, and where it stands. */
    private static final class Member {
        private String name = "";
        private int begin;
        private int end;
    }

    /** An object whose members are to change places: it stands from {@code begin} to {@code end}, they from and to {@code places}. */
    @SuppressWarnings("ArrayRecordComponent") // made once, and never compared
    private record Disorder(int begin, int end, int[] places) {}

    /** How many members the objects have that have not ended. */
    int count() {
        return count;
    }

    /** A member begins there. */
    void begin(String name, int at) {
        if (count == members.length) {
            members = Arrays.copyOf(members, 2 * count);
        }
        if (members[count] == null) {
            members[count] = new Member();
        }
        Member member = members[count++];
        member.name = name;
        member.begin = at;
    }

    /** The member that began last ends there. */
    void end(int at) {
        members[count - 1].end = at;
    }

    /** Whether the member that began last may stand before one of that name. */
    boolean mayStandBefore(String name) {
        return members[count - 1].name.compareTo(name) <= 0;
    }

    /** An object has ended whose members are in order. */
    void inOrder(int first) {
        count = first;
    }

    /** An object has ended, the members of which, from {@code first}, are not in order. It stands in the text from {@code begin} to {@code end}. */
    void outOfOrder(int first, byte[] text, int begin, int end) {
        Arrays.sort(members, first, count, BY_NAME); // stable: those of the same name keep their order
        if (end - begin <= SMALL) {
            putRight(first, text, begin, end);
        } else {
            disorders.add(new Disorder(begin, end, places(first)));
        }
        count = first;
    }

    private void putRight(int first, byte[] text, int begin, int end) {
        if (before.length == 0) {
            before = new byte[SMALL];
        }
        System.arraycopy(text, begin, before, 0, end - begin);
        int at = begin;
        for (int i = first; i < count; i++) {
            Member member = members[i];
            int size = member.end - member.begin;
            text[at++] = (byte) (i == first ? '{' : ',');
            System.arraycopy(before, member.begin - begin, text, at, size);
            at += size;
        }
    }

    private int[] places(int first) {
        int[] places = new int[2 * (count - first)];
        for (int i = first; i < count; i++) {
            places[2 * (i - first)] = members[i].begin;
            places[2 * (i - first) + 1] = members[i].end;
        }
        return places;
    }

    /** The first {@code length} bytes of the text, with all members in order. To be called once, when it is written. */
    byte[] applied(byte[] text, int length) {
        if (disorders.isEmpty()) {
            return Arrays.copyOf(text, length);
        }
        disorders.sort(Comparator.comparingInt(Disorder::begin));
        return new InOrder(text, length).whole();
    }

    /** The text with what was noted put right. */
    private final class InOrder {
        private final byte[] text;
        private final byte[] ordered;
        private int written;

        InOrder(byte[] text, int length) {
            this.text = text;
            this.ordered = new byte[length];
        }

        byte[] whole() {
            copy(0, ordered.length);
            return ordered;
        }

        private void copy(int begin, int end) {
            int from = begin;
            for (int i = firstFrom(begin);
                    i < disorders.size() && disorders.get(i).begin() < end;
                    i = firstFrom(from)) {
                Disorder disorder = disorders.get(i);
                plain(from, disorder.begin());
                members(disorder.places());
                from = disorder.end();
            }
            plain(from, end);
        }

        private void members(int[] places) {
            for (int i = 0; i < places.length; i += 2) {
                ordered[written++] = (byte) (i == 0 ? '{' : ',');
                copy(places[i], places[i + 1]);
            }
            ordered[written++] = '}';
        }

        private void plain(int begin, int end) {
            System.arraycopy(text, begin, ordered, written, end - begin);
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
