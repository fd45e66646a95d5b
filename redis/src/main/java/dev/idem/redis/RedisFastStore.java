package dev.idem.redis;

import dev.idem.core.store.AnswerCache;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.GenerationMarkers;
import dev.idem.core.store.authority.StoreOwner;
import dev.idem.core.store.recovery.ChangedRecords;
import dev.idem.core.store.recovery.JournalGaps;
import dev.idem.core.store.recovery.RecoveryTurn;
import dev.idem.redis.recovery.JournalGapRegistry;
import dev.idem.redis.recovery.RedisChanges;
import dev.idem.redis.recovery.RedisRecoveryTurn;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** Redis as the fast store: one server or a cluster, and the prefix of our keys. Thread-safe. */
public final class RedisFastStore implements FastStore {
    private final Supplier<UnifiedJedis> redis;
    private final String keyPrefix;
    private final RedisOwner owner;
    private final RedisMarkers markers;
    private final RedisAnswers answers;
    private final RedisCopy copy;
    private final RedisChanges changes;
    private final RedisRecords records;
    private final RedisDeletions deletions;
    private final RedisProbe probe;

    /** Uses one client for all. See {@link #RedisFastStore(Supplier, Supplier, String)}. */
    public RedisFastStore(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this(redis, redis, keyPrefix);
    }

    /**
     * Gets the clients from the suppliers at each call, and never closes them. Both suppliers may throw a
     * {@link dev.idem.core.store.StoreUnavailableException}.
     *
     * @param redis for what requests wait for; its client needs short timeouts
     * @param patient for copies in the background. Its client needs longer timeouts: what is copied may be large, and a
     *     copy that fails begins again
     * @param keyPrefix the prefix of all our keys, such as {@code idem:}
     */
    public RedisFastStore(Supplier<UnifiedJedis> redis, Supplier<UnifiedJedis> patient, String keyPrefix) {
        this.owner = new RedisOwner(redis, keyPrefix);
        Supplier<UnifiedJedis> ours = owner.guarding(redis);
        Supplier<UnifiedJedis> oursPatient = owner.guarding(patient);
        this.redis = ours;
        this.keyPrefix = keyPrefix;
        this.markers = new RedisMarkers(ours, oursPatient, keyPrefix);
        this.answers = new RedisAnswers(ours, keyPrefix);
        this.copy = new RedisCopy(oursPatient, keyPrefix);
        this.changes = new RedisChanges(oursPatient, keyPrefix);
        this.records = new RedisRecords(ours, keyPrefix);
        this.deletions = new RedisDeletions(ours, keyPrefix);
        this.probe = new RedisProbe(ours, keyPrefix);
    }

    @Override
    public String name() {
        return RedisStore.NAME;
    }

    @Override
    public IdempotencyStore steps(Supplier<Optional<Generation>> trusted) {
        return new RedisStore(redis, keyPrefix, trusted);
    }

    @Override
    public GenerationMarkers markers() {
        return markers;
    }

    @Override
    public StoreOwner owner() {
        return owner;
    }

    @Override
    public AnswerCache answers() {
        return answers;
    }

    @Override
    public FastCopy copy() {
        return copy;
    }

    @Override
    public JournalGaps journalGaps() {
        return new JournalGapRegistry(redis, keyPrefix);
    }

    @Override
    public RecoveryTurn recoveryTurn() {
        return new RedisRecoveryTurn(redis, keyPrefix);
    }

    @Override
    public ChangedRecords changedRecords() {
        return changes;
    }

    @Override
    public RecordAdministration records() {
        return records;
    }

    @Override
    public long deletions() {
        return deletions.count();
    }

    @Override
    public void probe() {
        probe.run();
    }
}
