package dev.idem.core.trust;

import dev.idem.core.store.Generation;
import dev.idem.core.store.NotInChargeException;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.postgres.PostgresTrust;
import dev.idem.core.store.postgres.PostgresTrust.State;
import dev.idem.core.store.redis.RedisStore;
import dev.idem.core.store.redis.RedisTrust;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the trust in Redis, round after round: it is lost when Redis is not the one that was trusted, and won again
 * by a refill once every node can reach Redis. Rounds are for one thread at a time.
 */
public final class TrustKeeper {
    private static final Logger log = LoggerFactory.getLogger(TrustKeeper.class);

    /** A node that cannot reach Redis says so each round; it counts as gone when it was silent for as long. */
    private static final Duration BLOCK = Duration.ofSeconds(3);

    private final Trust trust;
    private final PostgresTrust table;
    private final RedisTrust redis;
    private final Runnable pingRedis;
    private final Refill refill;

    /** @param pingRedis throws {@link StoreUnavailableException} while Redis is not to be asked */
    public TrustKeeper(Trust trust, PostgresTrust table, RedisTrust redis, Runnable pingRedis, Refill refill) {
        this.trust = trust;
        this.table = table;
        this.redis = redis;
        this.pingRedis = pingRedis;
        this.refill = refill;
    }

    /** Never throws because a store does not answer: the next round may find it. */
    public void round() {
        try {
            trust.get().ifPresent(this::verify);
            State state = trust.look();
            if (!state.trusted()) {
                winAgain(state);
            }
        } catch (StoreUnavailableException | NotInChargeException e) {
            log.debug("the next round looks again: {}", e.getMessage());
        }
    }

    /**
     * Notices what other nodes have found out, however long this one's Redis makes a {@link #round()} wait. Never throws
     * because PostgreSQL does not answer. Thread-safe.
     */
    public void look() {
        try {
            trust.look();
        } catch (StoreUnavailableException e) {
            log.debug("the next round looks again: {}", e.getMessage());
        }
    }

    private void verify(Generation generation) {
        try {
            if (!redis.isIntact(generation)) {
                trust.lost(generation, new NotInChargeException(RedisStore.NAME, "it was emptied or has restarted"));
            }
        } catch (StoreUnavailableException e) {
            trust.lost(generation, e);
        }
    }

    private void winAgain(State state) {
        try {
            pingRedis.run();
        } catch (StoreUnavailableException e) {
            table.block(BLOCK);
            throw e;
        }
        if (!state.blocked()) {
            refill.run();
            trust.look();
        }
    }
}
