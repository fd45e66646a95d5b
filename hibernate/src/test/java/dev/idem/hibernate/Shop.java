package dev.idem.hibernate;

import dev.idem.dropwizard.sections.IdempotentConfiguration;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.hibernate.example.Purchase;
import dev.idem.hibernate.example.ShopApplication;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.testing.ResourceHelpers;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The example's application with more resources, and a client. */
final class Shop implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final DropwizardTestSupport<IdempotentConfiguration> application;
    private final Jdbi books;

    /** @param more a resource beside {@link Shelf} */
    static Shop stocked(TestRedis redis, TestDatabase database, @Nullable Object more) throws Exception {
        return new Shop(redis, database, () -> new Stocked(more));
    }

    Shop(TestRedis redis, TestDatabase database, Supplier<Application<IdempotentConfiguration>> started)
            throws Exception {
        books = Jdbi.create(database.jdbcUrl());
        books.useHandle(
                handle -> handle.createScript("DROP TABLE IF EXISTS purchase_items, purchases; " + Purchase.TABLES)
                        .execute());
        application =
                new DropwizardTestSupport<>(
                        Stocked.class,
                        ResourceHelpers.resourceFilePath("shop.yml"),
                        ConfigOverride.config("redis.url", redis.url()),
                        ConfigOverride.config("redis.keyPrefix", redis.keyPrefix()),
                        ConfigOverride.config("database.url", database.jdbcUrl())) {
                    @Override
                    public Application<IdempotentConfiguration> newApplication() {
                        return started.get();
                    }
                };
        application.before();
    }

    /** The application. */
    static final class Stocked extends ShopApplication {
        private final @Nullable Object more;
        private @Nullable Shelf shelf;

        Stocked(@Nullable Object more) {
            this.more = more;
        }

        @Override
        public void run(IdempotentConfiguration configuration, Environment environment) {
            super.run(configuration, environment);
            shelf = new Shelf(sessions());
            environment.jersey().register(shelf);
            environment.jersey().register(new Outbox());
            environment.jersey().register(new Taken());
            if (more != null) {
                environment.jersey().register(more);
            }
        }
    }

    /** The application's own answer for a violated constraint. */
    static final class Taken implements ExceptionMapper<ConstraintViolationException> {
        @Override
        public Response toResponse(ConstraintViolationException failure) {
            return Response.status(409).entity("{\"taken\":true}").build();
        }
    }

    Shelf shelf() {
        Stocked running = (Stocked) application.<Application<IdempotentConfiguration>>getApplication();
        return Objects.requireNonNull(running.shelf);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.getLocalPort() + path));
    }

    HttpResponse<String> post(String path, String key) throws Exception {
        return postLater(path, key).get();
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String key) {
        return client.sendAsync(
                request(path)
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    String send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    Jdbi books() {
        return books;
    }

    /** Purchases whose note begins so. */
    int purchases(String note) {
        return books.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM purchases WHERE note LIKE :note || '%'")
                        .bind("note", note)
                        .mapTo(Integer.class)
                        .one());
    }

    int openTransactions() {
        return books.withHandle(
                handle -> handle.createQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'""").mapTo(Integer.class).one());
    }

    @Override
    public void close() {
        application.after();
    }
}
