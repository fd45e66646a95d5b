package dev.idem.benchmarks.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.record.RecordId;
import dev.idem.redis.layout.RedisKeys;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/** Multiplies the record that a store has, by the store itself: to claim ten million keys would take longer than to measure. */
final class LiveKeys {
    private static final int AT_ONCE = 10_000;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Pattern WRITING =
            Pattern.compile("(aof_rewrite_in_progress|aof_rewrite_scheduled|rdb_bgsave_in_progress):1");

    private LiveKeys() {}

    /** @param client one that waits: so many records make Redis write its file anew, more than once */
    static void inRedis(UnifiedJedis client, String prefix, int count) throws IOException, InterruptedException {
        String record = client.keys(prefix + "*:rec:*").iterator().next();
        RedisKeys keys = new RedisKeys(prefix);
        RecordId id = keys.parse(record.getBytes(US_ASCII));
        String script = resource("plant.lua");
        for (int first = 1; first <= count; first += AT_ONCE) {
            Stream<String> copies = IntStream.range(first, Math.min(count + 1, first + AT_ONCE))
                    .mapToObj(number -> new RecordId(id.scope(), id.key() + ':' + number))
                    .map(copy -> new String(keys.nameOf(copy), US_ASCII));
            Object unused =
                    client.eval(script, Stream.concat(Stream.of(record), copies).toList(), List.of());
        }
        while (writesItsFile(client)) {
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Whether it does what it will have done by and by, and not while it is measured. */
    private static boolean writesItsFile(UnifiedJedis client) {
        String persistence = client.info("persistence");
        return WRITING.matcher(persistence).find();
    }

    static void inPostgres(Jdbi jdbi, int count) throws IOException {
        String statement = resource("plant.sql");
        jdbi.useHandle(handle -> {
            int unused = handle.createUpdate(statement).bind("count", count).execute();
            // As the server would by and by, and not while it is measured.
            handle.execute("VACUUM ANALYZE idempotency_records");
            handle.execute("CHECKPOINT");
        });
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(LiveKeys.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
