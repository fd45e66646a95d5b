package dev.idem.dropwizard.filter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.engine.OnStoreFailure;
import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.LeaseCompletion;
import dev.idem.http.decision.RefusalProblems;
import dev.idem.http.decision.ReplayableHeaders;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles a lease with the answer that its handler gave, or ends a transaction that has no lease. If the client is to get
 * something else, a body comes back here, and the response's status and headers have been made to fit it.
 */
final class ResponseStorage {
    private static final Logger log = LoggerFactory.getLogger(ResponseStorage.class);

    private final LeaseCompletion settlements;
    private final ReplacementResponse substitute;

    ResponseStorage(LeaseCompletion settlements, ObjectMapper mapper) {
        this.settlements = settlements;
        this.substitute = new ReplacementResponse(mapper);
    }

    /** Nothing took effect: the key is free again. */
    void abandon(ProtectedRequest exchange) {
        abandon(exchange, settlements::abandon);
    }

    /** The same for one whose answer is not kept. */
    void abandon(ProtectedRequest exchange, ContainerResponseContext response) {
        abandon(exchange, lease -> settlements.abandon(lease, response.getStatus()));
    }

    private static void abandon(ProtectedRequest exchange, Consumer<Lease> abandoning) {
        exchange.transaction().ifPresent(RequestTransaction::close);
        exchange.openLease().ifPresent(abandoning);
        exchange.settled();
    }

    /** Stores an answer. */
    Optional<byte[]> complete(ProtectedRequest exchange, ContainerResponseContext response, byte[] body) {
        RecordedResponse answer =
                new RecordedResponse(response.getStatus(), ReplayableHeaders.of(response.getStringHeaders()), body);
        return settle(exchange, response, exchange.policy().stored().asKept(answer));
    }

    /** The request took effect and its answer is too large, or endless, to be kept. */
    Optional<byte[]> completeWithoutAnswer(ProtectedRequest exchange, ContainerResponseContext response) {
        return settle(exchange, response, new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE));
    }

    /** Makes the effect of a request that has no lease permanent. */
    Optional<byte[]> commit(RequestTransaction transaction, ContainerResponseContext response) {
        try {
            transaction.commit();
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            log.warn("a request without a key may or may not have been committed: {}", e.getMessage());
            Decision.Refuse unknown =
                    new Decision.Refuse(RefusalProblems.outcomeUnknown(null), Optional.empty(), false);
            return Optional.of(substitute.apply(response, unknown));
        }
    }

    private Optional<byte[]> settle(ProtectedRequest exchange, ContainerResponseContext response, Answer answer) {
        try {
            return settle(exchange, answer).map(instead -> substitute.apply(response, instead));
        } finally {
            exchange.settled();
        }
    }

    private Optional<Decision.Answered> settle(ProtectedRequest exchange, Answer answer) {
        Lease lease = exchange.openLease().orElseThrow();
        Decision.Execute request = new Decision.Execute(lease, exchange.key());
        OnStoreFailure policy = exchange.policy().engine().onStoreFailure();
        return exchange.transaction()
                .map(transaction -> settlements.completeAtomically(
                        request, policy, answer, () -> transaction.complete(lease, answer)))
                .orElseGet(() -> settlements.complete(request, policy, answer));
    }
}
