package dev.idem.core.engine;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.engine.EngineListener.Operation;
import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.store.AnswerCache;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of the durable store, looked up in the fast one. Nothing depends on it: what cannot be found or kept is asked of
 * the durable store. They are put there in the background, and not at all while too many wait for it. Thread-safe.
 */
final class StrictReplayReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StrictReplayReader.class);
    private static final int MOST_WAITING = 1_000;

    private final AnswerCache answers;
    private final StoreCircuitBreaker guard;
    private final ThreadPoolExecutor background = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> DaemonThreads.of("idempotency", task),
            new ThreadPoolExecutor.DiscardPolicy());

    StrictReplayReader(AnswerCache answers, StoreCircuitBreaker guard) {
        this.answers = answers;
        this.guard = guard;
    }

    /** Empty says nothing, and nothing is said of what may change: an answer with a window, or an unknown outcome. */
    Optional<Claim> find(ClaimRequest request) {
        if (request.window().isPresent()) {
            return Optional.empty();
        }
        try {
            return guard.ask(Operation.FIND, () -> answers.find(request)).filter(StrictReplayReader::isFinal);
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        }
    }

    private static boolean isFinal(Claim claim) {
        return !(claim instanceof Claim.Replay replay) || !replay.answer().equals(AnswerNotStored.OUTCOME_UNKNOWN);
    }

    void remember(Lease lease, Answer answer) {
        if (lease.request().window().isPresent() || answer.equals(AnswerNotStored.OUTCOME_UNKNOWN)) {
            return;
        }
        background.execute(() -> {
            try {
                guard.ask(Operation.REMEMBER, () -> {
                    answers.remember(lease, answer);
                    return true;
                });
            } catch (StoreUnavailableException e) {
                log.debug("{}: its answer is not within quick reach: {}", lease.id(), e.getMessage());
            }
        });
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
