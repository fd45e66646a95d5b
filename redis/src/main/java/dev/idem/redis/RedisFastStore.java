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
    private final RedisClients clients;
    private final String keyPrefix;
    private final RedisOwner owner;
    private final RedisMarkers markers;
    private final RedisAnswers answers;
    private final RedisCopy copy;
    private final RedisChanges changes;
    private final RedisRecords records;
    private final RedisDeletions deletions;
    private final RedisProbe probe;

    /** Uses one client for all. */
    public RedisFastStore(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this(RedisClients.one(redis), keyPrefix);
    }

    /**
     * Never closes the clients.
     *
     * @param keyPrefix the prefix of all our keys, such as {@code idem:}
     */
    public RedisFastStore(RedisClients clients, String keyPrefix) {
        this.owner = new RedisOwner(clients.heartbeats(), keyPrefix);
        this.clients = clients.each(owner::guarding);
        this.keyPrefix = keyPrefix;
        this.markers = new RedisMarkers(this.clients.heartbeats(), this.clients.copies(), keyPrefix);
        this.answers = new RedisAnswers(this.clients.requests(), keyPrefix);
        this.copy = new RedisCopy(this.clients.copies(), keyPrefix);
        this.changes = new RedisChanges(this.clients.copies(), keyPrefix);
        this.records = new RedisRecords(this.clients.requests(), keyPrefix);
        this.deletions = new RedisDeletions(this.clients.heartbeats(), keyPrefix);
        this.probe = new RedisProbe(this.clients.heartbeats(), keyPrefix);
    }

    @Override
    public String name() {
        return RedisStore.NAME;
    }

    @Override
    public IdempotencyStore steps(Supplier<Optional<Generation>> trusted) {
        return new RedisStore(clients.requests(), clients.heartbeats(), keyPrefix, trusted);
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
        return new JournalGapRegistry(clients.heartbeats(), keyPrefix);
    }

    @Override
    public RecoveryTurn recoveryTurn() {
        return new RedisRecoveryTurn(clients.heartbeats(), keyPrefix);
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
    public void probe(boolean thoroughly) {
        probe.run(thoroughly);
    }
}
