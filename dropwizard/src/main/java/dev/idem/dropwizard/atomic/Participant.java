package dev.idem.dropwizard.atomic;

/**
 * What works in one transaction beside its handle, such as a session of an object-relational mapper. Calls follow one another, on
 * one thread or, for an asynchronous method, on several.
 *
 * @param <T> what a method takes as a parameter
 */
public interface Participant<T> {
    /** What the method works with. */
    T value();

    /**
     * Makes it the present thread's own, while the method runs and while its answer is made.
     *
     * @return restores what was there before; runs on the same thread, perhaps after {@link #end}
     */
    Runnable bind();

    /**
     * Writes to the database what is pending, after the method has returned. A failure is the method's: its exception goes to the
     * application's mappers, and the transaction is rolled back.
     */
    void flush();

    /** The same once more, after the application's response filters. What is changed from here on is not written. */
    void flushLast();

    /** The transaction was committed or rolled back, or will be rolled back. The connection is returned after this. */
    void end(boolean committed);
}
