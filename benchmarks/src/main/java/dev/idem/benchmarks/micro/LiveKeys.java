package dev.idem.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/** Multiplies the record that a store has, by the store itself: to claim ten million keys would take longer than to measure. */
final class LiveKeys {
    private static final int AT_ONCE = 10_000;

    private LiveKeys() {}

    static void inRedis(UnifiedJedis client, String prefix, int count) throws IOException {
        String record = client.keys(prefix + "*:rec:*").iterator().next();
        String script = resource("plant.lua");
        for (int first = 1; first <= count; first += AT_ONCE) {
            int last = Math.min(count, first + AT_ONCE - 1);
            Object unused = client.eval(script, List.of(record), List.of(String.valueOf(first), String.valueOf(last)));
        }
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
