package dev.idem.dropwizard.filter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.OnStoreFailure;
import dev.idem.core.engine.Settlement;
import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.atomic.RequestTransaction;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles a lease with the answer that its handler gave, or ends a transaction that has no lease. What a handler
 * answered does not get out if another owner's answer stands, or if nobody knows whether its effect was committed: then a
 * body comes back here that the client gets instead, and the response's status and headers have been made to fit it.
 */
final class AnswerStorage {
    private static final Logger log = LoggerFactory.getLogger(AnswerStorage.class);

    private final IdempotencyEngine engine;
    private final Substitute substitute;

    AnswerStorage(IdempotencyEngine engine, ObjectMapper mapper) {
        this.engine = engine;
        this.substitute = new Substitute(mapper);
    }

    /** Nothing took effect: the key is free again. */
    void abandon(Exchange exchange) {
        exchange.transaction().ifPresent(RequestTransaction::close);
        exchange.openLease().ifPresent(engine::abandon);
        exchange.settled();
    }

    /** Stores an answer. */
    Optional<byte[]> complete(Exchange exchange, ContainerResponseContext response, byte[] body) {
        return settle(
                exchange,
                response,
                new RecordedResponse(response.getStatus(), ReplayableHeaders.of(response.getStringHeaders()), body));
    }

    /** The request took effect and its answer is too large, or endless, to be kept. */
    Optional<byte[]> completeWithoutAnswer(Exchange exchange, ContainerResponseContext response) {
        return settle(exchange, response, new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE));
    }

    /** Makes the effect of a request that has no lease permanent. */
    Optional<byte[]> commit(RequestTransaction transaction, ContainerResponseContext response) {
        try {
            transaction.commit();
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            log.warn("a request without a key may or may not have been committed: {}", e.getMessage());
            return Optional.of(substitute.refusal(response, Refusals.outcomeUnknown(null)));
        }
    }

    private Optional<byte[]> settle(Exchange exchange, ContainerResponseContext response, Answer answer) {
        Lease lease = exchange.openLease().orElseThrow();
        try {
            return instead(exchange, response, settle(exchange, lease, answer));
        } catch (StoreUnavailableException e) {
            log.warn("{} may or may not have been committed; a repeat finds out: {}", lease.id(), e.getMessage());
            return Optional.of(substitute.refusal(
                    response, Refusals.outcomeUnknown(exchange.key().orElse(null))));
        } finally {
            exchange.settled();
        }
    }

    private Optional<byte[]> instead(Exchange exchange, ContainerResponseContext response, Settlement settlement) {
        if (settlement instanceof Settlement.Fenced fenced) {
            return Optional.of(substitute.successor(response, exchange.key().orElse(null), fenced.successor()));
        }
        if (settlement instanceof Settlement.OnlyHere onlyHere) {
            return onlyHere(exchange, response, onlyHere.earlier());
        }
        return Optional.empty();
    }

    /** Nothing is promised that this process's death would take back, unless the policy says so. */
    private Optional<byte[]> onlyHere(Exchange exchange, ContainerResponseContext response, Optional<Answer> earlier) {
        @Nullable String key = exchange.key().orElse(null);
        return exchange.policy().engine().onStoreFailure() == OnStoreFailure.OPEN
                ? earlier.map(answer -> substitute.replay(response, key, answer))
                : Optional.of(substitute.refusal(response, Refusals.notStoredYet(key)));
    }

    private Settlement settle(Exchange exchange, Lease lease, Answer answer) {
        return exchange.transaction()
                .map(transaction -> engine.completeAtomically(lease, answer, () -> transaction.complete(lease, answer)))
                .orElseGet(() -> engine.complete(lease, answer));
    }
}
