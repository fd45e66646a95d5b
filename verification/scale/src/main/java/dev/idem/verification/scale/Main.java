package dev.idem.verification.scale;

import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.clients.jedis.UnifiedJedis;

/** Fills both stores by hand: see docs/capacity.md. */
@Command(
        name = "fill",
        description = "Fills PostgreSQL, whose tables must be there, and Redis with records that agree.",
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--database", paramLabel = "URL", required = true, description = "A JDBC URL of PostgreSQL.")
    private String database = "";

    @Option(names = "--redis", paramLabel = "URL", required = true, description = "As REDIS_URL of the service.")
    private String redis = "";

    @Option(names = "--key-prefix", paramLabel = "TEXT", description = "The service's redis.keyPrefix (idem:).")
    private String keyPrefix = "idem:";

    @Option(names = "--records", paramLabel = "N", description = "How many records (100000).")
    private int records = 100_000;

    @Option(names = "--answer-bytes", paramLabel = "N", description = "The size of an answer as stored (365).")
    private int answerBytes = FillPlan.USUAL_ANSWER;

    @Option(names = "--key-length", paramLabel = "N", description = "36 to 255 (36).")
    private int keyLength = FillPlan.SHORTEST_KEY;

    @Option(names = "--stale", paramLabel = "N", description = "How many have a dead owner (0).")
    private int stale;

    @Option(names = "--large", paramLabel = "N", description = "How many have an answer of 1 MiB (0).")
    private int large;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() {
        FillPlan plan = FillPlan.of(records)
                .answers(answerBytes)
                .keys(keyLength)
                .stale(stale)
                .large(large);
        long begin = System.nanoTime();
        try (UnifiedJedis client =
                RedisConnections.open((RedisTarget.External) RedisTarget.parse(redis, null), PATIENCE)) {
            new FillStores(Jdbi.create(database), client, keyPrefix).with(plan);
        }
        System.out.printf("%d records in %.1f s%n", records, (System.nanoTime() - begin) / 1e9);
        return 0;
    }
}
