package dev.idem.dropwizard.atomic;

import java.sql.Connection;
import java.util.Set;

/**
 * Makes the {@link Participant} of each atomic request. An application gives its own to the bundle. Thread-safe.
 *
 * @param <T> what a method takes as a parameter with {@code @Context}
 */
public interface ParticipantFactory<T> {
    /** The types of such a parameter. Two factories of one type may join a transaction; a method cannot take a parameter of it then. */
    Set<Class<? super T>> parameterTypes();

    /**
     * Checks that it is complete, once the whole application is; before the first request.
     *
     * @throws IllegalStateException if not; the application does not start, and the message says what to do
     */
    default void start() {}

    /** What Jersey needs beside it: mappers of its exceptions, such as a {@code LostTransactions.Mapper}. */
    default Set<Class<?>> components() {
        return Set.of();
    }

    /**
     * Joins a transaction that has just begun.
     *
     * @param connection of the transaction; it refuses {@code commit}, {@code rollback} and {@code close}, and is not in auto-commit
     */
    Participant<T> join(Connection connection);
}
