package dev.idem.admin.archive;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.schema.Schema;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.UnifiedJedis;

/**
 * Makes the archive of classes beside the program: a command leaves in it what it loaded, and one whose stores answer, and
 * hold what it looks for, loads nearly all that any command needs.
 */
public final class ClassArchive {
    private static final String KEY_PREFIX = "idem:";
    private static final String KEY = "order-4711";
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final long PATIENCE_S = 60;

    private ClassArchive() {}

    /**
     * Starts servers of its own for some seconds.
     *
     * @param arguments the program, a configuration that leaves the stores to the environment, and where the archive goes
     * @throws IllegalStateException if the program does not find the record
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (EphemeralRedis redis = EphemeralRedis.start();
                EphemeralPostgres postgres = EphemeralPostgres.start()) {
            plantInRedis(redis.url());
            plantInPostgres(postgres.jdbcUrl());
            ProcessBuilder command = new ProcessBuilder(arguments[0], "-c", arguments[1], "inspect", KEY)
                    .inheritIO()
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            command.environment().put("IDEM_ADMIN_ARCHIVE", arguments[2]);
            command.environment().put("REDIS_URL", redis.url());
            command.environment().put("DATABASE_URL", postgres.jdbcUrl());
            Process process = command.start();
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("inspect ended with " + exitCode);
            }
        }
    }

    private static void plantInRedis(String url) {
        try (UnifiedJedis client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(url, null), RedisConnections.DEFAULT_TIMEOUT)) {
            Generation generation = Generation.next();
            RedisMarkers trust = new RedisMarkers(() -> client, KEY_PREFIX);
            trust.beginRefill(Generation.next(), generation);
            trust.trust(generation);
            plant(new RedisStore(() -> client, KEY_PREFIX, () -> Optional.of(generation)));
        }
    }

    private static void plantInPostgres(String jdbcUrl) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(jdbcUrl);
        new Schema(database).update();
        plant(PostgresStore.always(Jdbi.create(database)));
    }

    private static void plant(IdempotencyStore store) {
        Claim claim = store.claim(new ClaimRequest(
                new RecordId(new Scope("user:42"), KEY),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                LIFETIME,
                LIFETIME,
                new ClaimOrigin("build", "POST /orders")));
        RecordedResponse answer = new RecordedResponse(201, List.of(), new byte[] {1});
        if (!(claim instanceof Claim.Acquired acquired) || !store.complete(acquired.lease(), answer)) {
            throw new IllegalStateException("no record could be planted: " + claim);
        }
    }
}
