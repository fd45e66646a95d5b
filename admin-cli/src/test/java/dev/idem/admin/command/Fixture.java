package dev.idem.admin.command;

import static org.awaitility.Awaitility.await;

import dev.idem.admin.stores.ServiceTables;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.Window;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.Installation;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisOwner;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.RedisKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.UnifiedJedis;

/** Both stores with records in them, and a configuration file that names them. */
final class Fixture implements AutoCloseable {
    /** 201, one header and five bytes. */
    static final Answer ANSWER = new RecordedResponse(
            201,
            List.of(new RecordedResponse.Header("X-Secret", "not for operators")),
            "hello".getBytes(StandardCharsets.UTF_8));

    private static final Duration ALIVE = Duration.ofMinutes(5);
    private static final Duration DEAD_AT_ONCE = Duration.ofMillis(1);
    private static final Duration TTL = Duration.ofHours(1);

    private final TestRedis redisPlace;
    private final TestDatabase databasePlace;
    private final UnifiedJedis client;
    private final org.apache.tomcat.jdbc.pool.DataSource connections;
    private final Jdbi jdbi;
    final IdempotencyStore redis;
    final IdempotencyStore postgres;
    final AuditEventStore events;
    final RecordAdministration redisRecords;
    final RecordAdministration postgresRecords;

    Fixture(TestRedis redisPlace, TestDatabase databasePlace) {
        this.redisPlace = redisPlace;
        this.databasePlace = databasePlace;
        client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(redisPlace.url(), null), Duration.ofSeconds(2));
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> client, redisPlace.keyPrefix());
        trust.beginRefill(Generation.next(), generation);
        trust.trust(generation);
        redis = new RedisStore(() -> client, redisPlace.keyPrefix(), () -> Optional.of(generation));
        redisRecords = new RedisRecords(() -> client, redisPlace.keyPrefix());
        databasePlace.filledOnce("tables", url -> ServiceTables.in(source(url)).update());
        connections = connections(databasePlace.jdbcUrl());
        jdbi = Jdbi.create(connections);
        postgres = PostgresStore.always(jdbi);
        postgresRecords = new PostgresRecords(jdbi);
        events = new AuditEventTable(jdbi);
    }

    private static org.apache.tomcat.jdbc.pool.DataSource connections(String jdbcUrl) {
        PoolProperties pool = new PoolProperties();
        pool.setDataSource(source(jdbcUrl));
        pool.setInitialSize(0);
        pool.setMaxActive(4);
        return new org.apache.tomcat.jdbc.pool.DataSource(pool);
    }

    private static DataSource source(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        return source;
    }

    /** The program with a config.yml for these stores. */
    Cli cli(Path directory) {
        return cli(directory, redisPlace.url(), databasePlace.jdbcUrl());
    }

    /** The same with another Redis. */
    Cli cliWithRedis(Path directory, String redisUrl) {
        return cli(directory, redisUrl, databasePlace.jdbcUrl());
    }

    /** The same, but nothing listens where PostgreSQL should. */
    Cli cliWithoutDatabase(Path directory) {
        return cli(directory, redisPlace.url(), "postgres://127.0.0.1:1/idem");
    }

    /** The same, but nothing listens where Redis should. */
    Cli cliWithoutRedis(Path directory) {
        return cli(directory, "redis://127.0.0.1:1", databasePlace.jdbcUrl());
    }

    private Cli cli(Path directory, String redisUrl, String databaseUrl) {
        String config = "redis: { url: '" + redisUrl + "', keyPrefix: '" + redisPlace.keyPrefix() + "' }\n"
                + "database: { url: '" + databaseUrl + "' }\n";
        try {
            Files.writeString(directory.resolve("config.yml"), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Cli.in(directory);
    }

    String keyPrefix() {
        return redisPlace.keyPrefix();
    }

    /** A record whose owner executes. */
    Lease running(IdempotencyStore store, String scope, String key) {
        return claim(store, scope, key, ALIVE);
    }

    /** A record of a strict route, in PostgreSQL, whose owner executes. */
    Lease strict(String scope, String key) {
        ClaimRequest request = new ClaimRequest(
                new RecordId(new Scope(scope), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                ALIVE,
                TTL,
                new ClaimOrigin("node-1", "POST /api/v1/shares"),
                Consistency.STRICT);
        return ((Claim.Acquired) postgres.claim(request)).lease();
    }

    /** A record whose owner has died. */
    Lease dead(IdempotencyStore store, String scope, String key) {
        Lease lease = claim(store, scope, key, DEAD_AT_ONCE);
        RecordAdministration records = store == redis ? redisRecords : postgresRecords;
        await().until(() -> records.find(lease.id()).filter(StoredRecord::stale).isPresent());
        return lease;
    }

    /** PostgreSQL receives a lease that Redis has granted. */
    Lease journalled(Lease lease) {
        new PostgresJournalWriter(jdbi).merge(List.of(JournalEntry.claimed(lease)));
        return lease;
    }

    /** A record with an answer. */
    void completed(IdempotencyStore store, String scope, String key) {
        if (!store.complete(claim(store, scope, key, ALIVE), ANSWER)) {
            throw new IllegalStateException("the lease was lost");
        }
    }

    /** A record of a request of which nobody knows what became of it. */
    Lease unknown(IdempotencyStore store, String scope, String key) {
        Lease lease = claim(store, scope, key, ALIVE);
        if (!store.complete(lease, AnswerNotStored.OUTCOME_UNKNOWN)) {
            throw new IllegalStateException("the lease was lost");
        }
        return lease;
    }

    /** A record that is known by what its request says. */
    Lease withoutKey(IdempotencyStore store, String scope, Duration window) {
        Fingerprint fingerprint = new Fingerprint(new byte[Fingerprint.LENGTH]);
        ClaimRequest request = new ClaimRequest(
                RecordId.of(new Scope(scope), fingerprint),
                fingerprint,
                UUID.randomUUID(),
                ALIVE,
                TTL,
                new ClaimOrigin("node-1", "POST /api/v1/shares"),
                Consistency.FAST,
                Optional.of(new Window(window, false)));
        return ((Claim.Acquired) store.claim(request)).lease();
    }

    private static Lease claim(IdempotencyStore store, String scope, String key, Duration lockTimeout) {
        ClaimRequest request = new ClaimRequest(
                new RecordId(new Scope(scope), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                lockTimeout,
                TTL,
                new ClaimOrigin("node-1", "POST /api/v1/shares"));
        return ((Claim.Acquired) store.claim(request)).lease();
    }

    /** On fast routes, from now on. */
    void redisDecides() {
        jdbi.useHandle(handle -> handle.execute("UPDATE idempotency_trust SET trusted = true"));
    }

    /** More records than a quick search examines: their names alone, which it does not get beyond. */
    void moreThanAQuickSearchExamines() {
        byte[] name = new RedisKeys(redisPlace.keyPrefix()).nameOf(new RecordId(new Scope("user:many"), "key-"));
        client.eval(
                "for number = 1, tonumber(ARGV[1]) do redis.call('SET', KEYS[1] .. number, '') end"
                        .getBytes(StandardCharsets.US_ASCII),
                List.of(name),
                List.of(Integer.toString(RecordAdministration.Depth.QUICK.records() + 1)
                        .getBytes(StandardCharsets.US_ASCII)));
    }

    /** A person changed the table by hand. */
    void storeRollout(String settings) {
        jdbi.useHandle(
                handle -> handle.execute("UPDATE idempotency_rollout SET settings = CAST(? AS jsonb)", settings));
    }

    /** Nothing that is in PostgreSQL now counts any more. */
    void expireAll() {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE idempotency_records SET expires_at = now() - interval '1 s'," + " refill_pass = NULL"));
    }

    /** Another release, or an accident, wrote the answer. */
    void damagedAnswer(String key) {
        jdbi.useHandle(
                handle -> handle.execute("UPDATE idempotency_records SET answer = '\\x0952' WHERE key = ?", key));
    }

    /** Another program wrote the key. */
    void renamed(String key, String name) {
        jdbi.useHandle(handle -> handle.execute("UPDATE idempotency_records SET key = ? WHERE key = ?", name, key));
    }

    /** Another program uses the name of this key's record. */
    void foreignRedisKey(String key) {
        byte[] name = new RedisKeys(redisPlace.keyPrefix()).nameOf(new RecordId(new Scope("user:1"), key));
        client.hset(name, java.util.Map.of(name, name));
    }

    void giveRedisTo(Installation owner) {
        new RedisOwner(() -> client, redisPlace.keyPrefix()).take(owner);
    }

    Optional<StoredRecord> inRedis(String scope, String key) {
        return redisRecords.find(new RecordId(new Scope(scope), key));
    }

    /** What each new session of the database begins with. */
    void setsForEverySession(String setting) {
        jdbi.useHandle(handle ->
                handle.execute("DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || quote_ident(current_database()) || ' SET "
                        + setting.replace("'", "''") + "'; END $$"));
    }

    @Override
    public void close() {
        connections.close();
        client.close();
    }
}
