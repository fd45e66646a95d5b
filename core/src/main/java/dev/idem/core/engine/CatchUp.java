package dev.idem.core.engine;

import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalEntry;
import dev.idem.core.journal.JournalWriter;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.redis.RedisCopy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is in Redis to PostgreSQL after the journal could not. That it is due is noted in Redis while
 * PostgreSQL is away, so that another node does it if this one dies with its journal. One thread at a time.
 */
final class CatchUp {
    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    private final Journal journal;
    private final RedisCopy redis;
    private final JournalWriter postgres;
    private boolean noted;

    CatchUp(Journal journal, RedisCopy redis, JournalWriter postgres) {
        this.journal = journal;
        this.redis = redis;
        this.postgres = postgres;
    }

    /** Never throws because a store does not answer: the next round may find it. */
    void round() {
        try {
            if (journal.isBehind() || journal.isStuck()) {
                note();
            } else if (redis.isMarkedMissing()) {
                copy();
            }
        } catch (StoreUnavailableException e) {
            log.debug("the next round looks again: {}", e.getMessage());
        }
    }

    private void note() {
        if (!noted || journal.isBehind()) {
            redis.markMissing();
            noted = true;
        }
        journal.caughtUp();
    }

    private void copy() {
        redis.unmarkMissing();
        noted = false;
        try {
            redis.forEach(this::merge);
            log.info("PostgreSQL has all that is in Redis again");
        } catch (StoreUnavailableException e) {
            redis.markMissing();
            throw e;
        }
    }

    /** Writes what PostgreSQL does not know better. Any thread. */
    void merge(List<StoredRecord> records) {
        postgres.merge(records.stream().map(JournalEntry::of).toList());
    }
}
