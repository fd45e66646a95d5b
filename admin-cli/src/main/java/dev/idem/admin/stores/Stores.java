package dev.idem.admin.stores;

import dev.idem.admin.settings.Settings;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.operations.Authority;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.upkeep.AdoptStore;
import dev.idem.core.reconcile.Pace;
import dev.idem.core.reconcile.Reconciliation;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Installation;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.redis.RedisFastStore;
import dev.idem.redis.RedisOwner;
import dev.idem.redis.connect.RedisFailures;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/**
 * Redis and PostgreSQL, each opened when first asked. For one command, which closes it. Not thread-safe. Whatever a store does
 * not do is a {@link StoreUnavailableException}.
 */
public final class Stores implements AutoCloseable {
    private static final String NODE = "idem-admin";

    private final EmbeddedServers embedded;
    private final RedisAccess redis;
    private final DatabaseAccess database;
    private final String keyPrefix;

    /**
     * Opens nothing yet.
     *
     * @param notices where a person is told that a server was started
     * @param patience for each step: connecting, logging in, and each answer of Redis
     */
    public Stores(Settings settings, PrintWriter notices, Duration patience) {
        keyPrefix = settings.keyPrefix();
        embedded = new EmbeddedServers(settings.dataDirectory(), notices);
        redis = new RedisAccess(settings.redis(), embedded, patience);
        database = new DatabaseAccess(settings.database(), embedded, patience);
    }

    /** The records of both stores. */
    public RecordStores records() {
        Jdbi jdbi = database.jdbi();
        return new RecordStores(
                new RedisFastStore(ownRedis(), keyPrefix).records(),
                new PostgresDurableStore(jdbi).records(),
                () -> authority(jdbi),
                PostgresFailures::forOperator);
    }

    /** Both stores, also while Redis is another installation's. */
    public AdoptStore adoption() {
        return new AdoptStore(new RedisOwner(redis, keyPrefix), new PostgresDurableStore(database.jdbi()));
    }

    private OwnRedis ownRedis() {
        Jdbi jdbi = database.jdbi();
        return new OwnRedis(redis, keyPrefix, () -> installation(jdbi));
    }

    private static Optional<Installation> installation(Jdbi jdbi) {
        try {
            return Optional.of(new PostgresDurableStore(jdbi).installation());
        } catch (RuntimeException e) {
            if (PostgresFailures.forOperator(DatabaseAccess.NAME, e).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Which store is authoritative on fast routes; a node's configuration may say otherwise for the usual ones. */
    private static Authority authority(Jdbi jdbi) {
        try {
            boolean trusted = new PostgresTrustRow(jdbi, NODE).read().trusted();
            return Authority.of(trusted ? RedisAccess.NAME : DatabaseAccess.NAME);
        } catch (RuntimeException e) {
            if (PostgresFailures.forOperator(DatabaseAccess.NAME, e).isPresent()) {
                return Authority.UNKNOWN;
            }
            throw e;
        }
    }

    /** @param patience how long a difference must last to be one */
    public Reconciliation reconciliation(Duration patience, Pace pace) {
        return new Reconciliation(
                new RedisFastStore(ownRedis(), keyPrefix), new PostgresDurableStore(database.jdbi()), patience, pace);
    }

    /**
     * The audit trail.
     *
     * @param unavailable is told when an event could not be written
     */
    public ActionLog actionLog(String actor, Optional<String> reason, Consumer<StoreUnavailableException> unavailable) {
        AuditEventStore events = new AuditEventTable(database.jdbi());
        return ActionLog.to(new OperatorActions(events, NODE, actor, reason), unavailable);
    }

    /** Works on the database itself. */
    public <T> T withDatabase(Function<DataSource, T> work) {
        return database.with(work);
    }

    /** @param work is given the client, and what every key of ours begins with */
    public <T> T withRedis(BiFunction<Supplier<UnifiedJedis>, String, T> work) {
        return RedisFailures.translate(RedisAccess.NAME, () -> work.apply(redis, keyPrefix));
    }

    @Override
    public void close() {
        try (embedded;
                database;
                redis) {
            // closes the clients first, then the servers they may talk to
        }
    }
}
