package dev.idem.core.operations.upkeep;

/** Receives the progress of a long operation. Implementations are thread-safe. */
public interface ProgressListener {

    /** @param total about how many records there are in total */
    void outOf(long total);

    /** @param count how many records so far */
    void at(long count);
}
