package dev.idem.core.operations.upkeep;

/** Is told how far a long operation is. Implementations are thread-safe. */
public interface ProgressListener {

    /** @param total about how many there are in all */
    void outOf(long total);

    /** @param count how many so far */
    void at(long count);
}
