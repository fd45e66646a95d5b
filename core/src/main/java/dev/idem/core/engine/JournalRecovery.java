package dev.idem.core.engine;

import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalEntry;
import dev.idem.core.journal.JournalWriter;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.redis.JournalGapRegistry;
import dev.idem.redis.RedisCopy;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings from Redis to PostgreSQL what a journal could not tell it, this node's or another's: because PostgreSQL was away,
 * or because the node has died with what its journal held. One thread at a time.
 */
final class JournalRecovery {
    private static final Logger log = LoggerFactory.getLogger(JournalRecovery.class);

    private final Duration silence;
    private final Journal journal;
    private final JournalGapRegistry arrears;
    private final RedisCopy redis;
    private final JournalWriter postgres;

    /** @param silence after this long without a sign of life a node counts as dead; several rounds */
    JournalRecovery(
            Duration silence, Journal journal, JournalGapRegistry arrears, RedisCopy redis, JournalWriter postgres) {
        this.silence = silence;
        this.journal = journal;
        this.arrears = arrears;
        this.redis = redis;
        this.postgres = postgres;
    }

    /** Never throws because a store does not answer: the next round may find it. */
    void runOnce() {
        try {
            int dead = arrears.alive(silence);
            if (dead > 0) {
                log.info("{} nodes are silent: what their journals held is brought from Redis", dead);
            }
            if (journal.isBehind() || journal.isStuck()) {
                // Each round anew: another node may be settling the last note while this one goes on granting.
                arrears.note();
                journal.caughtUp();
            } else {
                settle(arrears.notes());
            }
        } catch (StoreUnavailableException e) {
            log.debug("the next round looks again: {}", e.getMessage());
        }
    }

    private void settle(JournalGapRegistry.Notes notes) {
        if (!notes.isEmpty()) {
            redis.forEach(page -> merge(page.stream().filter(notes::concern).toList()));
            arrears.settled(notes);
            log.info("PostgreSQL has all that is in Redis again");
        }
    }

    /** Writes what PostgreSQL does not know better. Any thread. */
    void merge(List<StoredRecord> records) {
        postgres.merge(records.stream().map(JournalEntry::of).toList());
    }

    /** This node ends. What its journal could not write any more is for another one to bring. */
    void end() {
        if (journal.isBehind()) {
            return;
        }
        try {
            arrears.leave();
        } catch (StoreUnavailableException e) {
            log.debug("the others will take this node for a dead one: {}", e.getMessage());
        }
    }
}
