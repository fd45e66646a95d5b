package dev.idem.admin.stores;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened and must be closed, the last one first. */
final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T closeLater(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("could not be closed: " + e, e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
