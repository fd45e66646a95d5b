package dev.idem.core.engine.strategy;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.engine.breaker.StoreCircuitBreaker;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.AnswerCache;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up answers of the durable store in the fast store. It is only an optimisation: the durable store has every
 * answer that is not found there. Answers are written there in the background, and skipped while too many, or too many
 * bytes, are queued. Thread-safe.
 */
public final class StrictReplayReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StrictReplayReader.class);
    private static final int MOST_WAITING = 1_000;

    private final AnswerCache answers;
    private final BooleanSupplier trusted;
    private final StoreCircuitBreaker breaker;
    private final ThreadPoolExecutor background = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> DaemonThreads.of("idempotency", task));

    private final long mostBytes;
    private final AtomicLong queued = new AtomicLong();

    /**
     * @param trusted whether the fast store is trusted now
     * @param mostBytes about how much memory queued answers may take
     */
    public StrictReplayReader(
            AnswerCache answers, BooleanSupplier trusted, StoreCircuitBreaker breaker, long mostBytes) {
        this.answers = answers;
        this.trusted = trusted;
        this.breaker = breaker;
        this.mostBytes = mostBytes;
    }

    /**
     * Empty says nothing about the record. It never returns what may change: an answer with a window, or an unknown
     * outcome. It does not look in a store that is not trusted, which may have answers that operators have deleted.
     */
    public Optional<Claim> find(ClaimRequest request) {
        return trusted.getAsBoolean() ? findThere(request) : Optional.empty();
    }

    /** For a durable store that is unavailable: then an answer of a store that is not trusted is better than none. */
    public Optional<Claim> findUntrusted(ClaimRequest request) {
        return trusted.getAsBoolean() ? Optional.empty() : findThere(request);
    }

    private Optional<Claim> findThere(ClaimRequest request) {
        if (request.window().isPresent()) {
            return Optional.empty();
        }
        try {
            return breaker.ask(Operation.FIND, () -> answers.find(request)).filter(StrictReplayReader::isFinal);
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        } catch (UnreadableRecordException e) { // the durable store has its own copy
            log.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isFinal(Claim claim) {
        return !(claim instanceof Claim.Replay replay) || !replay.answer().equals(AnswerNotStored.OUTCOME_UNKNOWN);
    }

    /** @return whether the record has an answer in the fast store now */
    boolean rememberNow(Lease lease, Answer answer) {
        return isFinal(lease, answer) && write(lease, answer);
    }

    /** The same, later. */
    public void remember(Lease lease, Answer answer) {
        if (!isFinal(lease, answer)) {
            return;
        }
        long bytes = answer.bytes();
        if (queued.addAndGet(bytes) > mostBytes) {
            queued.addAndGet(-bytes);
            return;
        }
        try {
            background.execute(() -> {
                try {
                    boolean unused = write(lease, answer);
                } finally {
                    queued.addAndGet(-bytes);
                }
            });
        } catch (RejectedExecutionException full) {
            queued.addAndGet(-bytes);
        }
    }

    private static boolean isFinal(Lease lease, Answer answer) {
        return lease.request().window().isEmpty() && !answer.equals(AnswerNotStored.OUTCOME_UNKNOWN);
    }

    private boolean write(Lease lease, Answer answer) {
        try {
            return breaker.ask(Operation.REMEMBER, () -> {
                answers.remember(lease, answer);
                return true;
            });
        } catch (StoreUnavailableException e) {
            log.debug("{}: its answer is not in the fast store: {}", lease.id(), e.getMessage());
            return false;
        }
    }

    /** About how much memory the queued answers take. */
    public long bytes() {
        return queued.get();
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
