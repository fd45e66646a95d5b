package dev.idem.dropwizard.filter;

import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.policy.RoutePolicy;
import dev.idem.dropwizard.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is decided about the requests of one route, and what follows for each. Thread-safe. */
final class Decisions {
    private final Route route;
    private final RoutePolicy policy;
    private final DecisionListener listener;
    private final DuplicateLog duplicates = new DuplicateLog();

    Decisions(Route route, RoutePolicy policy, DecisionListener listener) {
        this.route = route;
        this.policy = policy;
        this.listener = listener;
    }

    /** Notes what became of a request that the engine is not asked about. */
    void note(Layer layer, Outcome outcome) {
        listener.decided(route.name(), layer, outcome);
    }

    /** Notes it, and returns what turns the request away. */
    ProblemException refuse(Layer layer, Outcome outcome, ProblemException refusal) {
        note(layer, outcome);
        return refusal;
    }

    Decision of(ContainerRequestContext request, Layer layer, RecordId id, Exchange exchange) {
        return new Decision(request, layer, id, exchange);
    }

    /** What the engine decides about one request. */
    final class Decision {
        private final ContainerRequestContext request;
        private final Layer layer;
        private final RecordId id;
        private final Exchange exchange;
        private final @Nullable String key;

        private Decision(ContainerRequestContext request, Layer layer, RecordId id, Exchange exchange) {
            this.request = request;
            this.layer = layer;
            this.id = id;
            this.exchange = exchange;
            this.key = exchange.key().orElse(null);
        }

        /** Lets the request pass, answers it, or throws what turns it away. */
        void make(Supplier<Claim> claiming) {
            Claim claim = claimed(claiming);
            if (claim instanceof Claim.Acquired acquired) {
                exchange.acquired(acquired.lease());
                note(layer, Outcome.EXECUTED);
            } else if (claim instanceof Claim.Replay replay && replay.answer() instanceof RecordedResponse response) {
                note(layer, Outcome.REPLAYED);
                duplicates.write(request, route, layer, Outcome.REPLAYED, id, replay);
                request.abortWith(Replays.of(response));
            } else if (claim instanceof Claim.Replay replay) {
                AnswerNotStored lost = (AnswerNotStored) replay.answer();
                duplicates.write(request, route, layer, Outcome.NOT_STORED, id, replay);
                throw refuse(layer, Outcome.NOT_STORED, Refusals.notStored(key, lost.reason()));
            } else if (claim instanceof Claim.InFlight inFlight) {
                duplicates.write(request, route, layer, Outcome.IN_PROGRESS, id, inFlight);
                throw refuse(layer, Outcome.IN_PROGRESS, Refusals.inProgress(key));
            } else {
                throw refuse(
                        layer,
                        Outcome.KEY_REUSED,
                        Refusals.keyReused(policy.keys(), exchange.key().orElseThrow()));
            }
        }

        private Claim claimed(Supplier<Claim> claiming) {
            try {
                return claiming.get();
            } catch (StoreUnavailableException e) {
                throw refuse(layer, Outcome.STORE_UNAVAILABLE, Refusals.storeUnavailable(key));
            }
        }
    }
}
