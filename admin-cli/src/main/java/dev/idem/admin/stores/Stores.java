package dev.idem.admin.stores;

import dev.idem.admin.settings.Settings;
import dev.idem.core.store.RecordAdministration;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import redis.clients.jedis.UnifiedJedis;

/** Redis and PostgreSQL, each opened when first asked. For one command, which closes it. Not thread-safe. */
public final class Stores implements AutoCloseable {
    private final EmbeddedServers embedded;
    private final RedisAccess redis;
    private final DatabaseAccess database;
    private final String keyPrefix;

    /**
     * Opens nothing yet.
     *
     * @param notices where a person is told that a server was started
     * @param patience for each step: connecting, and each answer of Redis
     */
    public Stores(Settings settings, PrintWriter notices, Duration patience) {
        keyPrefix = settings.keyPrefix();
        embedded = new EmbeddedServers(settings.dataDirectory(), notices);
        redis = new RedisAccess(settings.redis(), keyPrefix, embedded, patience);
        database = new DatabaseAccess(settings.database(), embedded, patience);
    }

    /** Asks both stores at once. A store that cannot be asked does not keep the other from answering. */
    public <T> StoreReplies<T> ask(Function<RecordAdministration, T> question) {
        CompletableFuture<StoreReplies<T>> ofRedis =
                CompletableFuture.supplyAsync(() -> attempt(RedisAccess.NAME, () -> redis.ask(question)));
        StoreReplies<T> ofDatabase = attempt(DatabaseAccess.NAME, () -> database.ask(question));
        return ofRedis.join().and(ofDatabase);
    }

    /**
     * Asks those stores that answered before something about their answer. What was unavailable then counts as
     * unavailable still.
     */
    public <T, U> StoreReplies<U> askAgain(StoreReplies<T> earlier, BiFunction<RecordAdministration, T, U> question) {
        StoreReplies<U> later = new StoreReplies<>(List.of(), earlier.unavailable());
        for (StoreReplies.Reply<T> reply : earlier.answers()) {
            Function<RecordAdministration, U> about = store -> question.apply(store, reply.answer());
            later = later.and(attempt(
                    reply.store(),
                    () -> reply.store().equals(RedisAccess.NAME) ? redis.ask(about) : database.ask(about)));
        }
        return later;
    }

    /**
     * Works on the database itself.
     *
     * @throws StoreException if it cannot be asked, or refuses
     */
    public <T> T withDatabase(Function<DataSource, T> work) {
        return database.with(work);
    }

    /**
     * Works on Redis itself.
     *
     * @param work is given the client, open for as long as this is, and what every key of ours begins with
     * @throws StoreException if it cannot be asked
     */
    public <T> T withRedis(BiFunction<Supplier<UnifiedJedis>, String, T> work) {
        return redis.with(client -> work.apply(client, keyPrefix));
    }

    private static <T> StoreReplies<T> attempt(String store, Supplier<T> answer) {
        try {
            return new StoreReplies<>(List.of(new StoreReplies.Reply<>(store, answer.get())), List.of());
        } catch (StoreException e) {
            return new StoreReplies<>(List.of(), List.of(new UnavailableStore(store, String.valueOf(e.getMessage()))));
        }
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
