package dev.idem.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Random requests for a few records, which a store decides. Each granted step is reported to a journal. As on a busy
 * node, heartbeats and abandonments may be reported late, after other owners have had the record.
 */
final class LeaseHistory {
    private static final int RECORDS = 8;
    private static final Duration PAST_THE_LOCK_TIMEOUT = Duration.ofMinutes(6);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Random random;
    private final Scope scope;
    private final Journal journal;
    private final IdempotencyStore decides = new MemoryStore(64 << 20, this::now);
    private final Map<RecordId, Lease> running = new HashMap<>();
    private final Map<RecordId, State> last = new HashMap<>();
    private final List<Runnable> late = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    LeaseHistory(Random random, Scope scope, Journal journal) {
        this.random = random;
        this.scope = scope;
        this.journal = journal;
    }

    /** A record that exists. */
    record State(UUID owner, long fencing, Optional<Answer> answer) {}

    /** The last state of each record that exists, after all steps were reported. */
    Map<RecordId, State> last() {
        late.forEach(Runnable::run);
        late.clear();
        return last;
    }

    void next() {
        now = now.plusMillis(1);
        Sample sample = Sample.of(scope, "k" + random.nextInt(RECORDS)).ttl(Duration.ofDays(366));
        Optional<Lease> lease = Optional.ofNullable(running.get(sample.id()));
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> claim(sample);
            case 3 -> {
                now = now.plus(PAST_THE_LOCK_TIMEOUT);
                claim(sample);
            }
            case 4, 5 -> lease.ifPresent(this::renew);
            case 6, 7 -> lease.ifPresent(this::abandon);
            case 8 -> lease.filter(owner -> random.nextInt(4) == 0).ifPresent(this::complete);
            default -> assertThat(journal.awaitWritten(sample.id(), PATIENCE)).isTrue();
        }
        if (!late.isEmpty() && random.nextInt(3) == 0) {
            late.remove(random.nextInt(late.size())).run();
        }
    }

    private void claim(Sample sample) {
        if (decides.claim(sample.request()) instanceof Claim.Acquired acquired) {
            Lease lease = acquired.lease();
            journal.claimed(lease);
            running.put(lease.id(), lease);
            last.put(lease.id(), new State(lease.owner(), lease.fencing(), Optional.empty()));
        }
    }

    private void renew(Lease lease) {
        assertThat(decides.renew(lease)).isTrue();
        tell(() -> journal.renewed(lease));
    }

    private void abandon(Lease lease) {
        assertThat(decides.abandon(lease)).isTrue();
        running.remove(lease.id());
        last.remove(lease.id());
        tell(() -> journal.abandoned(lease));
    }

    private void complete(Lease lease) {
        Answer answer = Sample.answer(random.nextInt(), random.nextInt(1_000));
        assertThat(decides.complete(lease, answer)).isTrue();
        running.remove(lease.id());
        last.put(lease.id(), new State(lease.owner(), lease.fencing(), Optional.of(answer)));
        journal.completed(lease, answer);
    }

    private void tell(Runnable report) {
        if (random.nextInt(3) == 0) {
            late.add(report);
        } else {
            report.run();
        }
    }

    private Instant now() {
        return now;
    }
}
