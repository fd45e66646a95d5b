package dev.idem.core.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts the members of a JSON text's objects by name. A small object is sorted in place as soon as it ends. A larger
 * one is noted, and sorted when the whole text is written. So the nesting depth of small objects limits how often a
 * byte is moved. If every object were sorted in place, a long string inside many objects would be moved for each of
 * them. For one thread.
 */
final class MemberOrder {
    /** In bytes. This many can contain two dozen nested objects that are out of order. */
    private static final int SMALL = 256;

    private static final Comparator<Member> BY_NAME = Comparator.comparing(member -> member.name);

    /** The members of all open objects, those of the outermost first. Entries after {@code count} are reused. */
    private Member[] members = new Member[8];

    private int count;
    private final List<Disorder> disorders = new ArrayList<>(0);
    private byte[] before = {};

    /** A member of an object, and its position. */
    private static final class Member {
        private String name = "";
        private int begin;
        private int end;
    }

    /**
     * An object to reorder. It extends from {@code begin} to {@code end}, and its members have these {@code places}.
     */
    @SuppressWarnings("ArrayRecordComponent") // created once, and never compared
    private record Disorder(int begin, int end, int[] places) {}

    /** How many members the open objects have. */
    int count() {
        return count;
    }

    /** A member begins at this position. */
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

    /** The member that began last ends at this position. */
    void end(int at) {
        members[count - 1].end = at;
    }

    /** Whether the member that began last may precede one of that name. */
    boolean mayStandBefore(String name) {
        return members[count - 1].name.compareTo(name) <= 0;
    }

    /** Ends an object whose members are in order. */
    void inOrder(int first) {
        count = first;
    }

    /**
     * Ends an object whose members, from {@code first}, are not in order. It extends from {@code begin} to {@code end}
     * in the text.
     */
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

    /**
     * The first {@code length} bytes of the text, with all members in order. Call it once, after the text is written.
     */
    byte[] applied(byte[] text, int length) {
        if (disorders.isEmpty()) {
            return Arrays.copyOf(text, length);
        }
        disorders.sort(Comparator.comparingInt(Disorder::begin));
        return new InOrder(text, length).whole();
    }

    /** The text with all noted objects sorted. */
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

        /** The index of the outermost disordered object that begins at this position or later. */
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
