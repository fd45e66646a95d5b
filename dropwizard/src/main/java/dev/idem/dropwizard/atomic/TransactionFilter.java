package dev.idem.dropwizard.atomic;

import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.dropwizard.atomic.jdbc.SessionState;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.postgres.AtomicCompletion;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives each request to an atomic method its transaction, which begins when it is first used. On the way back, what works in the
 * transaction is there for the application's response filters and writers. Thread-safe.
 */
@Priority(
        Integer.MAX_VALUE - 1) // before the claim, and after all that may refuse the request; the first on the way back
public final class TransactionFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private final Supplier<Jdbi> jdbi;
    private final RecordCompletion completion;
    private final List<ParticipantFactory<?>> participants;
    private final RouteIsolation isolation;

    /**
     * @param jdbi of the database with the records and the data that the methods change
     * @param participants what else works in each transaction
     */
    public TransactionFilter(Jdbi jdbi, List<ParticipantFactory<?>> participants) {
        this(remembering(jdbi), inPostgres(new AtomicCompletion()), participants);
    }

    private static Supplier<Jdbi> remembering(Jdbi jdbi) {
        jdbi.installPlugin(new SessionState.Plugin());
        return () -> jdbi;
    }

    private static RecordCompletion inPostgres(AtomicCompletion completion) {
        return new RecordCompletion() {
            @Override
            public void prepare(Connection connection) throws SQLException {
                completion.prepare(connection);
            }

            @Override
            public boolean complete(Connection transaction, Lease lease, Answer answer) throws SQLException {
                return completion.complete(transaction, lease, answer);
            }
        };
    }

    /**
     * @param jdbi of the database with the data that the methods change; asked at the start for each atomic route, and throws
     *     {@link IllegalStateException} if there is none
     * @param completion of the records, wherever these are
     * @param participants what else works in each transaction
     */
    public TransactionFilter(
            Supplier<Jdbi> jdbi, RecordCompletion completion, List<ParticipantFactory<?>> participants) {
        this(jdbi, completion, List.copyOf(participants), Isolation.DEFAULT);
    }

    private TransactionFilter(
            Supplier<Jdbi> jdbi,
            RecordCompletion completion,
            List<ParticipantFactory<?>> participants,
            Isolation isolation) {
        this.jdbi = jdbi;
        this.completion = completion;
        this.participants = participants;
        this.isolation = new RouteIsolation(isolation);
    }

    /** The same for one route alone, whose transactions have an isolation of their own. */
    public TransactionFilter ofRoute(Isolation ofMethod) {
        Jdbi present = jdbi.get();
        return new TransactionFilter(() -> present, completion, participants, ofMethod);
    }

    /** The types of which a method may take a parameter, and how many there are of each in a transaction. */
    public Map<Class<?>, Long> participantTypes() {
        return participants.stream()
                .<Class<?>>flatMap(factory -> factory.parameterTypes().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        RequestTransaction.of(request).ifPresent(RequestTransaction::bindUntilEnd);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        RequestTransaction transaction =
                new RequestTransaction(jdbi.get(), completion, isolation, new Participants(participants));
        request.setProperty(RequestTransaction.PROPERTY, transaction);
        RequestEnd.then(request, transaction::close);
    }
}
