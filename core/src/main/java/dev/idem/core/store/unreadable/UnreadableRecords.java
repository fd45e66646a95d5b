package dev.idem.core.store.unreadable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Collects what one operation could not read. A record that comes twice counts once. Thread-safe. */
public final class UnreadableRecords implements Consumer<UnreadableRecord> {
    private static final int MOST_NAMED = 10;

    /** Of more, one that comes twice counts twice. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Set<String> remembered = new HashSet<>();
    private final List<UnreadableRecord> named = new ArrayList<>();
    private long count;

    /**
     * What could not be read.
     *
     * @param count how many records
     * @param records the first ten
     */
    public record Summary(long count, List<UnreadableRecord> records) {
        /** Everything could be read. */
        public static final Summary NONE = new Summary(0, List.of());

        public Summary {
            records = List.copyOf(records);
        }

        /** For JSON too: without a name that begins like a property's. */
        public boolean none() {
            return count == 0;
        }

        /** For a log. */
        @Override
        public String toString() {
            return count + (count == 1 ? " record" : " records") + " could not be read: "
                    + records.stream().map(UnreadableRecord::toString).collect(Collectors.joining(", "))
                    + (count > records.size() ? ", and others" : "");
        }
    }

    @Override
    public synchronized void accept(UnreadableRecord record) {
        boolean isNew = remembered.size() >= MOST_REMEMBERED || remembered.add(record.store() + record.hash());
        if (!isNew) {
            return;
        }
        count++;
        if (named.size() < MOST_NAMED) {
            named.add(record);
        }
    }

    public synchronized Summary summary() {
        return new Summary(count, named);
    }
}
