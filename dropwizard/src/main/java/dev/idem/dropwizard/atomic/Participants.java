package dev.idem.dropwizard.atomic;

import dev.idem.core.background.OutOfMemoryExit;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@linkplain Participant participants} of one transaction. Steps follow one another; not thread-safe otherwise. */
final class Participants {
    private static final Logger log = LoggerFactory.getLogger(Participants.class);

    private record Joined(ParticipantFactory<?> factory, Participant<?> participant) {}

    private final List<ParticipantFactory<?>> factories;
    private final List<Joined> joined = new CopyOnWriteArrayList<>();

    Participants(List<ParticipantFactory<?>> factories) {
        this.factories = factories;
    }

    boolean areExpected() {
        return !factories.isEmpty();
    }

    /** @throws RuntimeException if one cannot join; those before it are to be {@linkplain #end ended} */
    void join(Connection connection) {
        factories.forEach(factory -> joined.add(new Joined(factory, factory.join(connection))));
    }

    /** What a method takes as a parameter of this type. */
    Object value(Class<?> type) {
        return joined.stream()
                .filter(each -> each.factory().parameterTypes().contains(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing of " + type + " has joined the transaction"))
                .participant()
                .value();
    }

    /**
     * Returns what undoes it, on the same thread; that never throws.
     *
     * @throws RuntimeException if one cannot be bound; then none is
     */
    Runnable bind() {
        Deque<Runnable> bound = new ArrayDeque<>();
        Runnable undo = () -> bound.forEach(each -> attempt("could not be unbound from its thread", each));
        try {
            joined.forEach(each -> bound.push(each.participant().bind()));
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            undo.run();
            throw e;
        }
        return undo;
    }

    void flush() {
        each(Participant::flush);
    }

    void flushLast() {
        each(Participant::flushLast);
    }

    /** Never throws. */
    void end(boolean committed) {
        joined.forEach(
                each -> attempt("failed after its end", () -> each.participant().end(committed)));
        joined.clear();
    }

    private static void attempt(String failed, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("a participant of an atomic method's transaction {}", failed, e);
        }
    }

    private void each(Consumer<Participant<?>> step) {
        joined.forEach(each -> step.accept(each.participant()));
    }
}
