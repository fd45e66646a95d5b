package dev.idem.core.operations;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the records of one store, page by page, up to a limit. A store may return a record twice; it is passed on
 * once, unless ten thousand others came between. For one thread.
 */
final class RecordScan {
    private static final int MOST_REMEMBERED = 10_000;

    private final Set<RecordId> passed = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RecordId, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    private final Consumer<RecordHead> consumer;
    private int left;
    private boolean more;

    RecordScan(int limit, Consumer<RecordHead> consumer) {
        this.left = limit;
        this.consumer = consumer;
    }

    /** Passes on the records that match. */
    RecordScan over(RecordAdministration store, Filter filter) {
        @Nullable String cursor = null;
        do {
            Page page = store.list(filter, cursor);
            page.records().forEach(this::add);
            cursor = page.next();
        } while (cursor != null && !more);
        return this;
    }

    void add(RecordHead head) {
        if (!more && passed.add(head.id())) {
            if (left == 0) {
                more = true;
            } else {
                left--;
                consumer.accept(head);
            }
        }
    }

    /** Whether the limit left some out. */
    boolean more() {
        return more;
    }
}
