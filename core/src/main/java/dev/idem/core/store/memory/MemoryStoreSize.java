package dev.idem.core.store.memory;

import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.answer.Answer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How much memory the records of a {@link MemoryStore} take. Answers use three quarters of it at most, so that a store
 * without memory for answers still recognises many repeats. Thread-safe.
 */
final class MemoryStoreSize {
    /** About how many bytes a record takes beside its texts and its body: here, and as a lease that is kept alive. */
    private static final long RECORD = 1024;

    private final long limit;
    private final long limitWithAnswers;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder answersNotKept = new LongAdder();

    MemoryStoreSize(long limit) {
        this.limit = limit;
        this.limitWithAnswers = limit / 4 * 3;
    }

    static long of(ClaimRequest request, @Nullable Answer answer) {
        return RECORD
                + 2L
                        * (request.id().key().length()
                                + request.id().scope().value().length())
                + (answer == null ? 0 : answer.bytes());
    }

    boolean isFull() {
        return bytes.get() >= limit;
    }

    /** Whether an answer of so many bytes may be kept; if not, this is counted. */
    boolean takes(long more) {
        boolean fits = more <= 0 || bytes.get() + more <= limitWithAnswers;
        if (!fits) {
            answersNotKept.increment();
        }
        return fits;
    }

    void changed(long more) {
        bytes.addAndGet(more);
    }

    long bytes() {
        return bytes.get();
    }

    long answersNotKept() {
        return answersNotKept.sum();
    }
}
