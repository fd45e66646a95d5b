package dev.idem.dropwizard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.IdempotencyBundle;
import dev.idem.dropwizard.sections.IdempotentConfiguration;
import dev.idem.dropwizard.sections.SectionsBundle;
import dev.idem.http.config.IdempotencyConfiguration;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** A whole application, without Redis and PostgreSQL. */
final class WholeApplicationTest {
    private static final String ONE = "8e03978e-40d5-43dd-bc93-6894a57f9324";
    private static final String SERVER = """
            server:
              shutdownGracePeriod: 0s
              applicationConnectors: [{ type: http, port: 0 }]
              adminConnectors: [{ type: http, port: 0 }]
            """;

    private final InMemoryIdempotency idempotency = new InMemoryIdempotency();

    /** It reads everything from its file. */
    public static final class OfSections extends Application<IdempotentConfiguration> {
        @Override
        public void initialize(Bootstrap<IdempotentConfiguration> bootstrap) {
            bootstrap.addBundle(new SectionsBundle<>());
        }

        @Override
        public void run(IdempotentConfiguration settings, Environment environment) {
            environment.jersey().register(Accounts.OfField.class);
        }
    }

    /** It opens what it has itself. */
    public static class WithOwnStores extends Application<Configuration> {
        private @Nullable ManagedDataSource database;

        @Override
        public void initialize(Bootstrap<Configuration> bootstrap) {
            bootstrap.addBundle(new IdempotencyBundle<>() {
                @Override
                protected void open(Configuration settings, Environment environment) {
                    DataSourceFactory pool = new DataSourceFactory();
                    pool.setDriverClass("org.h2.Driver");
                    pool.setUrl("jdbc:h2:mem:whole;DB_CLOSE_DELAY=-1");
                    database = pool.build(environment.metrics(), "own");
                    environment.lifecycle().manage(database);
                }

                @Override
                protected IdempotencyConfiguration idempotency(Configuration settings) {
                    return IdempotencyConfiguration.defaults();
                }

                @Override
                protected Supplier<UnifiedJedis> redis(Configuration settings) {
                    throw new AssertionError("nobody asks for Redis in a test");
                }

                @Override
                protected DataSource database(Configuration settings) {
                    if (database == null) {
                        throw new AssertionError("nobody asks for a database that is not there");
                    }
                    return database;
                }

                @Override
                protected Jdbi transactions(Configuration settings, DataSource pool) {
                    return Jdbi.create(pool); // the bundle's own takes a PostgreSQL alone
                }
            });
        }

        @Override
        public void run(Configuration settings, Environment environment) {
            environment.jersey().register(Accounts.OfField.class);
        }
    }

    /** One of its methods is atomic. */
    public static final class WithTransfers extends WithOwnStores {
        @Override
        public void run(Configuration settings, Environment environment) {
            super.run(settings, environment);
            environment.jersey().register(new Accounts.Transfers());
        }
    }

    private <C extends Configuration> DropwizardTestSupport<C> application(
            Class<? extends Application<C>> type, InMemoryIdempotency with) {
        return new DropwizardTestSupport<>(
                type, "a file", path -> new ByteArrayInputStream(SERVER.getBytes(StandardCharsets.UTF_8)), with);
    }

    private static void run(DropwizardTestSupport<?> application, Requests requests) throws Exception {
        application.before();
        try {
            requests.send(application);
        } finally {
            application.after();
        }
    }

    private interface Requests {
        void send(DropwizardTestSupport<?> application) throws Exception;
    }

    private static HttpResponse<String> post(int port, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Idempotency-Key", ONE)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private void requireOnce(DropwizardTestSupport<?> application) throws Exception {
        HttpResponse<String> first = post(application.getLocalPort(), "/by-field", "");
        HttpResponse<String> repeat = post(application.getLocalPort(), "/by-field", "");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.body()).startsWith(ONE);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(idempotency.executions()).isEqualTo(1);
    }

    @Test
    void withSectionsBundleAndNoSections() throws Exception {
        run(application(OfSections.class, idempotency), this::requireOnce);
    }

    @Test
    void withABundleOfItsOwnWhoseHealthSaysWhereTheRecordsAre() throws Exception {
        run(application(WithOwnStores.class, idempotency), application -> {
            requireOnce(application);
            assertThat(application.getEnvironment().healthChecks().getNames())
                    .contains("idempotency-records", "idempotency-readiness")
                    .doesNotContain("idempotency-redis", "idempotency-postgresql", "idempotency-schema");
            assertThat(application
                            .getEnvironment()
                            .healthChecks()
                            .runHealthCheck("idempotency-records")
                            .getMessage())
                    .contains("in the memory of this process");
        });
    }

    @Test
    void withAConfigurationObjectAndForOneStart() throws Exception {
        run(new DropwizardTestSupport<>(WithOwnStores.class, anyPort(), idempotency::server), this::requireOnce);

        withoutTheLineTheStoresAreAskedFor();
    }

    private static Configuration anyPort() {
        Configuration settings = new Configuration();
        DefaultServerFactory server = new DefaultServerFactory();
        server.setApplicationConnectors(List.of(connector()));
        server.setAdminConnectors(List.of(connector()));
        settings.setServerFactory(server);
        return settings;
    }

    private static HttpConnectorFactory connector() {
        HttpConnectorFactory connector = new HttpConnectorFactory();
        connector.setPort(0);
        return connector;
    }

    @Test
    void anAtomicMethodWorksInTheDatabaseOfTheTest() throws Exception {
        Jdbi database = Jdbi.create("jdbc:h2:mem:given;DB_CLOSE_DELAY=-1");
        requireOneRow(application(WithTransfers.class, idempotency.transactions(database)), database);
    }

    @Test
    void anAtomicMethodWorksInTheApplicationsOwnDatabase() throws Exception {
        Jdbi database = Jdbi.create("jdbc:h2:mem:whole;DB_CLOSE_DELAY=-1");
        requireOneRow(application(WithTransfers.class, idempotency.withOwnDatabase()), database);
    }

    private static void requireOneRow(DropwizardTestSupport<?> application, Jdbi database) throws Exception {
        database.useHandle(handle -> handle.execute("CREATE TABLE transfers (cents int)"));
        run(application, started -> {
            assertThat(post(started.getLocalPort(), "/transfers", "5").statusCode())
                    .isEqualTo(200);
            assertThat(post(started.getLocalPort(), "/transfers", "5").headers().firstValue("Idempotent-Replayed"))
                    .contains("true");
            assertThat(post(started.getLocalPort(), "/transfers", "6").statusCode())
                    .isEqualTo(422);
        });
        try (Handle handle = database.open()) {
            assertThat(handle.createQuery("SELECT count(*) FROM transfers")
                            .mapTo(Integer.class)
                            .one())
                    .isEqualTo(1);
        }
    }

    @Test
    void withoutADatabaseTheStartSaysWhatToAdd() {
        assertThatThrownBy(() -> application(WithTransfers.class, idempotency).before())
                .hasStackTraceContaining("new InMemoryIdempotency().transactions(jdbi)");
    }

    /** The artifact for tests alone changes nothing. */
    @Test
    void withoutTheLineTheStoresAreAskedFor() {
        assertThatThrownBy(() -> new DropwizardTestSupport<>(WithOwnStores.class, anyPort()).before())
                .hasStackTraceContaining("nobody asks for Redis in a test");
        assertThatThrownBy(() -> new DropwizardTestSupport<>(
                                OfSections.class,
                                "a file",
                                path -> new ByteArrayInputStream(SERVER.getBytes(StandardCharsets.UTF_8)))
                        .before())
                .hasStackTraceContaining("the configuration file has no section redis");
    }
}
