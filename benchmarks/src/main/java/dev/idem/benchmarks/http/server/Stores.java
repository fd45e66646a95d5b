package dev.idem.benchmarks.http.server;

import dev.idem.embedded.EmbeddedPostgres;
import dev.idem.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One Redis and one PostgreSQL for all measured servers, as durable as the embedded ones of the service. Each server gets a
 * separate database in both. {@link #close} deletes their directory. Thread-safe.
 */
public final class Stores implements AutoCloseable {
    private static final int REDIS_DATABASES = 16;

    private final Path directory;
    private final EmbeddedRedis redis;
    private final EmbeddedPostgres postgres;
    private int redisDatabases;
    private int databases;
    private boolean closed;

    private Stores(Path directory, EmbeddedRedis redis, EmbeddedPostgres postgres) {
        this.directory = directory;
        this.redis = redis;
        this.postgres = postgres;
    }

    /** @throws dev.idem.embedded.process.EmbeddedServerException if one cannot be started */
    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    public static Stores start() throws IOException {
        Path directory = Files.createTempDirectory("idem-benchmarks-");
        EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(directory);
        try {
            Stores stores = new Stores(directory, redis, EmbeddedPostgres.startOrAdopt(directory));
            Runtime.getRuntime().addShutdownHook(new Thread(stores::close, "stop stores"));
            return stores;
        } catch (RuntimeException e) {
            redis.close();
            delete(directory);
            throw e;
        }
    }

    /** A directory for logs and for configurations with passwords; only this user can read it. */
    public Path directory() {
        return directory;
    }

    /** The URL, with a password, of an unused database in Redis. */
    public synchronized String newRedisDatabase() {
        if (redisDatabases == REDIS_DATABASES) {
            throw new BenchmarkException(
                    "there are 16 databases in Redis, and so no more servers in one run: choose fewer --variants or --jdks");
        }
        return redis.url() + "/" + redisDatabases++;
    }

    /** The JDBC URL, with a password, of an unused database in PostgreSQL. */
    public synchronized String newDatabase() {
        String name = "bench_" + databases++;
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new BenchmarkException("PostgreSQL has no room for another database: " + e.getMessage(), e);
        }
        return postgres.jdbcUrl().replace("/idem?", "/" + name + "?");
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (postgres;
                redis) {
            // Closed by leaving.
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new BenchmarkException(tree + " could not be deleted: " + e, e);
        }
    }
}
