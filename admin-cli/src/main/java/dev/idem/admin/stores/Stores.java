package dev.idem.admin.stores;

import dev.idem.admin.settings.Settings;
import dev.idem.core.store.RecordAdministration;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** Asks both stores, Redis first. A store that cannot be asked does not keep the other from answering. */
    public <T> Survey<T> ask(Function<RecordAdministration, T> question) {
        return survey(() -> redis.ask(question), () -> database.ask(question));
    }

    /**
     * Asks those stores that answered before something about their answer. What was unavailable then counts as
     * unavailable still.
     */
    public <T, U> Survey<U> askAgain(Survey<T> earlier, BiFunction<RecordAdministration, T, U> question) {
        List<Survey.Reply<U>> answers = new ArrayList<>();
        List<Unavailable> unavailable = new ArrayList<>(earlier.unavailable());
        for (Survey.Reply<T> reply : earlier.answers()) {
            Function<RecordAdministration, U> about = store -> question.apply(store, reply.answer());
            collect(
                    reply.store(),
                    () -> reply.store().equals(RedisAccess.NAME) ? redis.ask(about) : database.ask(about),
                    answers,
                    unavailable);
        }
        return new Survey<>(answers, unavailable);
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

    private static <T> Survey<T> survey(Supplier<T> redisAnswer, Supplier<T> databaseAnswer) {
        List<Survey.Reply<T>> answers = new ArrayList<>();
        List<Unavailable> unavailable = new ArrayList<>();
        collect(RedisAccess.NAME, redisAnswer, answers, unavailable);
        collect(DatabaseAccess.NAME, databaseAnswer, answers, unavailable);
        return new Survey<>(answers, unavailable);
    }

    private static <T> void collect(
            String store, Supplier<T> answer, List<Survey.Reply<T>> answers, List<Unavailable> unavailable) {
        try {
            answers.add(new Survey.Reply<>(store, answer.get()));
        } catch (StoreException e) {
            unavailable.add(new Unavailable(store, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        try (embedded;
                redis) {
            // closes Redis's client first, then the server it may talk to
        }
    }
}
