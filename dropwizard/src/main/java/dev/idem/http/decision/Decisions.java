package dev.idem.http.decision;

import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.http.key.KeyPolicy;
import dev.idem.http.policy.OnUnknown;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what follows from a claim, and tells those who count. Thread-safe. */
final class Decisions {
    private final String route;
    private final KeyPolicy keys;
    private final OnUnknown onUnknown;
    private final DecisionListener listener;
    private final DuplicateLog duplicates;

    Decisions(String route, KeyPolicy keys, OnUnknown onUnknown, DecisionListener listener, DuplicateLog duplicates) {
        this.route = route;
        this.keys = keys;
        this.onUnknown = onUnknown;
        this.listener = listener;
        this.duplicates = duplicates;
    }

    /** Lets a request pass that the engine is not asked about. */
    Decision pass(Outcome why) {
        listener.decided(route, Layer.NONE, why);
        return new Decision.Pass();
    }

    /** Turns away a request that the engine is not asked about. */
    Decision refuse(Layer layer, Outcome outcome, Refusal refusal) {
        listener.decided(route, layer, outcome);
        return new Decision.Refuse(refusal, Optional.empty(), false);
    }

    Claimed of(IncomingRequest request, Layer layer, RecordId id, Optional<String> key) {
        return new Claimed(request, layer, id, key);
    }

    /** What follows for one request. */
    final class Claimed {
        private final IncomingRequest request;
        private final Layer layer;
        private final RecordId id;
        private final Optional<String> key;

        private Claimed(IncomingRequest request, Layer layer, RecordId id, Optional<String> key) {
            this.request = request;
            this.layer = layer;
            this.id = id;
            this.key = key;
        }

        Decision make(Supplier<Claim> claiming) {
            Claim claim;
            try {
                claim = claiming.get();
            } catch (StoreUnavailableException e) {
                return refuse(Outcome.STORE_UNAVAILABLE, RefusalProblems.storeUnavailable(keyOrNull()), false);
            }
            if (claim instanceof Claim.Acquired acquired) {
                if (acquired.lease().takenOver() && onUnknown != OnUnknown.RELEASE) {
                    told(Outcome.OUTCOME_UNKNOWN);
                    return new Decision.TakenOver(acquired.lease(), key);
                }
                told(Outcome.EXECUTED);
                return new Decision.Execute(acquired.lease(), key);
            }
            if (claim instanceof Claim.Replay replay) {
                return answered(replay);
            }
            if (claim instanceof Claim.InFlight inFlight) {
                duplicates.write(request, route, layer, Outcome.IN_PROGRESS, id, inFlight);
                return refuse(Outcome.IN_PROGRESS, RefusalProblems.inProgress(keyOrNull()), true);
            }
            return refuse(Outcome.KEY_REUSED, RefusalProblems.keyReused(keys, key.orElseThrow()), true);
        }

        private Decision answered(Claim.Replay replay) {
            if (replay.answer() instanceof RecordedResponse response) {
                told(Outcome.REPLAYED);
                duplicates.write(request, route, layer, Outcome.REPLAYED, id, replay);
                return new Decision.Replay(response, key);
            }
            if (replay.answer().equals(AnswerNotStored.OUTCOME_UNKNOWN)) {
                told(Outcome.OUTCOME_UNKNOWN);
                duplicates.write(request, route, layer, Outcome.OUTCOME_UNKNOWN, id, replay);
                return new Decision.Held(id, key);
            }
            AnswerNotStored lost = (AnswerNotStored) replay.answer();
            duplicates.write(request, route, layer, Outcome.NOT_STORED, id, replay);
            return refuse(Outcome.NOT_STORED, RefusalProblems.notStored(keyOrNull(), lost.reason()), true);
        }

        private Decision refuse(Outcome outcome, Refusal refusal, boolean revealing) {
            told(outcome);
            return new Decision.Refuse(refusal, key, revealing);
        }

        private void told(Outcome outcome) {
            listener.decided(route, layer, outcome);
            if (outcome.preventedDuplicate() || outcome == Outcome.KEY_REUSED) {
                listener.concerned(id, route, layer, outcome);
            }
        }

        private @Nullable String keyOrNull() {
            return key.orElse(null);
        }
    }
}
