package dev.idem.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How much is read or written in one step. An answer may have a megabyte, so a count alone does not bound memory.
 * Stateless.
 */
public final class PageBounds {
    /** At most so many records. */
    public static final int RECORDS = 500;

    /** At most so many bytes of answers, unless one alone is larger. */
    public static final long BYTES = 4 << 20;

    private PageBounds() {}

    /** Divides items into pages, in order; a page has at least one. */
    public static <T> List<List<T>> pages(List<T> items, ToLongFunction<T> size) {
        List<List<T>> pages = new ArrayList<>();
        int begin = 0;
        long bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            long next = size.applyAsLong(items.get(i));
            if (i > begin && (bytes + next > BYTES || i - begin == RECORDS)) {
                pages.add(items.subList(begin, i));
                begin = i;
                bytes = 0;
            }
            bytes += next;
        }
        if (begin < items.size()) {
            pages.add(items.subList(begin, items.size()));
        }
        return pages;
    }
}
