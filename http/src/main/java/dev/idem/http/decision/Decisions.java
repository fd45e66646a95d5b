package dev.idem.http.decision;

import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.key.KeyPolicy;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import java.util.Optional;

/** Turns the outcome of a claim into a decision, and reports it to the listener and the log. Thread-safe. */
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

    /** For a request that does not claim. */
    Decision pass(Outcome why) {
        listener.decided(route, Layer.NONE, why);
        return new Decision.Pass();
    }

    /** For a request that is refused before it claims. */
    Decision refuse(Layer layer, Outcome outcome, Refusal refusal) {
        listener.decided(route, layer, outcome);
        return new Decision.Refuse(refusal, Optional.empty(), false);
    }

    /** For a request whose claim no store could take. */
    Decision unavailable(ClaimTarget target, Consistency consistency, StoreUnavailableException why) {
        if (why.isBusy()) {
            return refuse(target, Outcome.OVERLOADED, RefusalProblems.storesBusy(target.keyOrNull()), false);
        }
        Refusal refusal = RefusalProblems.storeUnavailable(target.keyOrNull(), consistency, why);
        return refuse(target, Outcome.STORE_UNAVAILABLE, refusal, false);
    }

    /** For a request whose record in the store is none. */
    Decision unreadable(ClaimTarget target, UnreadableRecordException failure) {
        Refusal refusal = RefusalProblems.recordUnreadable(target.keyOrNull());
        refusal.problem().logReason(failure.getMessage());
        return refuse(target, Outcome.STORE_UNAVAILABLE, refusal, false);
    }

    /** For a new request whose scope has too many in flight. */
    Decision tooManyInFlight(ClaimTarget target) {
        return refuse(target, Outcome.TOO_MANY_IN_FLIGHT, RefusalProblems.tooManyInFlight(target.keyOrNull()), false);
    }

    /** For a request that its server refuses before it claims. */
    void turnedAway(Outcome why) {
        listener.decided(route, Layer.NONE, why);
    }

    Decision of(IncomingRequest request, ClaimTarget target, Claim claim) {
        if (claim instanceof Claim.Acquired acquired) {
            return acquired(target, acquired);
        }
        if (claim instanceof Claim.Replay replay) {
            return replay(request, target, replay);
        }
        if (claim instanceof Claim.InFlight inFlight) {
            duplicates.write(request, route, target, Outcome.IN_PROGRESS, inFlight.since(), inFlight.store());
            return refuse(target, Outcome.IN_PROGRESS, RefusalProblems.inProgress(target.keyOrNull()), true);
        }
        Refusal reused = RefusalProblems.keyReused(keys, target.key().orElseThrow());
        return refuse(target, Outcome.KEY_REUSED, reused, true);
    }

    private Decision acquired(ClaimTarget target, Claim.Acquired acquired) {
        ExecutionCount count = ExecutionCount.of(route, target.layer(), listener);
        if (acquired.lease().takenOver() && onUnknown != OnUnknown.RELEASE) {
            report(target, Outcome.OUTCOME_UNKNOWN);
            return new Decision.TakenOver(acquired.lease(), target.key(), count.afterwards());
        }
        return new Decision.Execute(acquired.lease(), target.key(), count);
    }

    private Decision replay(IncomingRequest request, ClaimTarget target, Claim.Replay replay) {
        Outcome outcome = outcomeOf(replay);
        duplicates.write(request, route, target, outcome, replay.completedAt(), replay.store());
        report(target, outcome);
        if (replay.answer() instanceof RecordedResponse response) {
            return new Decision.Replay(response, target.key());
        }
        if (outcome == Outcome.OUTCOME_UNKNOWN) {
            return new Decision.Held(target.id(), target.key());
        }
        AnswerNotStored.Reason reason = ((AnswerNotStored) replay.answer()).reason();
        return new Decision.Refuse(RefusalProblems.notStored(target.keyOrNull(), reason), target.key(), true);
    }

    private static Outcome outcomeOf(Claim.Replay replay) {
        if (replay.answer() instanceof RecordedResponse) {
            return Outcome.REPLAYED;
        }
        return replay.answer().equals(AnswerNotStored.OUTCOME_UNKNOWN) ? Outcome.OUTCOME_UNKNOWN : Outcome.NOT_STORED;
    }

    private Decision refuse(ClaimTarget target, Outcome outcome, Refusal refusal, boolean revealing) {
        report(target, outcome);
        return new Decision.Refuse(refusal, target.key(), revealing);
    }

    private void report(ClaimTarget target, Outcome outcome) {
        listener.decided(route, target.layer(), outcome);
        if (outcome.preventedDuplicate() || outcome == Outcome.KEY_REUSED) {
            listener.concerned(target.id(), route, target.layer(), outcome);
        }
    }
}
