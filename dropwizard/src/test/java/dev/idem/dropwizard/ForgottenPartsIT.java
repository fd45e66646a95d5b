package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.filter.ScopeResolver;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.postgres.schema.Schema;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.util.Duration;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.UnifiedJedis;

/** An application that gives the bundle less than it needs does not start, and its author reads why. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway") // what a field lacks is what a test is about
final class ForgottenPartsIT {
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final UnifiedJedis redis;
    private final Parts parts = new Parts();
    private final TestDatabase database;

    ForgottenPartsIT(TestRedis place, TestDatabase database) {
        this.database = database;
        redis = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(place.url(), null), RedisConnections.DEFAULT_TIMEOUT);
        parts.prefix = place.keyPrefix();
        parts.redis = () -> redis;
        parts.database = source;
    }

    @AfterEach
    void closeRedis() {
        redis.close();
    }

    @Test
    void aConfigurationWithoutTheSectionIsNamed() {
        parts.settings = null;

        refused("IdempotencyBundle.idempotency returned null: the configuration has no section idempotency");
    }

    @Test
    void storesThatAreOpenedTooLateAreNamed() {
        parts.redis = null;
        refused(
                "IdempotencyBundle.redis returned null: open the store in IdempotencyBundle.open, or in a bundle that is added before");

        parts.redis = () -> null;
        refused("IdempotencyBundle.redis.get() returned null: open the store");

        parts.redis = () -> {
            throw new NullPointerException("redis");
        };
        refused("IdempotencyBundle.redis.get() failed: open the store");

        parts.redis = () -> redis;
        parts.copies = () -> null;
        refused("IdempotencyBundle.redisForCopies.get() returned null: open the store");

        parts.copies = null;
        parts.database = null;
        refused("IdempotencyBundle.database returned null: open the store");
    }

    @Test
    void aNullInPlaceOfADefaultIsNamed() {
        parts.scopes = null;

        refused("IdempotencyBundle.scopes returned null: return a ScopeResolver");
    }

    @Test
    void withoutItsTablesNothingStarts() {
        source.setUrl(database.jdbcUrl());

        refused("The database's schema is behind; run: idem-admin migrate --tables idempotency");
    }

    @Test
    void withoutItsLastTableNothingStarts() {
        withTables();
        execute(
                "DELETE FROM databasechangelog WHERE orderexecuted = (SELECT max(orderexecuted) FROM databasechangelog)");

        refused("The database's schema is behind; run: idem-admin migrate --tables idempotency");
    }

    @Test
    void anApplicationMayMigrateWhenItRuns() throws Exception {
        withTables();
        execute("ALTER TABLE databasechangelog RENAME TO changes_away");
        parts.run = environment -> execute("ALTER TABLE changes_away RENAME TO databasechangelog");

        DropwizardTestSupport<Configuration> application = application();
        application.before();
        application.after();

        assertThat(new Schema(source).pending()).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsNotAMissingSchema() throws Exception {
        source.setUrl("jdbc:postgresql://127.0.0.1:1/away?connectTimeout=1");

        DropwizardTestSupport<Configuration> application = application();
        application.before();

        assertThat(application.getLocalPort()).isPositive();
        application.after();
    }

    @Test
    void tablesThatVanishLaterAreAnUnavailableStore() throws Exception {
        withTables();
        parts.run = environment -> environment.jersey().register(new Payments());
        DropwizardTestSupport<Configuration> application = application();
        application.before();
        try {
            execute("ALTER TABLE idempotency_records RENAME TO idempotency_records_away");

            for (int request = 0; request < 5; request++) {
                assertThat(pay(application.getLocalPort())).isIn(200, 503);
            }
            execute("ALTER TABLE idempotency_records_away RENAME TO idempotency_records"); // the journal is written at
            // the end
        } finally {
            application.after();
        }
    }

    private void withTables() {
        source.setUrl(
                database.filledOnce("tables", ForgottenPartsIT::createTables).jdbcUrl());
    }

    private static void createTables(String url) {
        PGSimpleDataSource empty = new PGSimpleDataSource();
        empty.setUrl(url);
        new Schema(empty).update();
    }

    private void execute(String sql) {
        Jdbi.create(source).useHandle(handle -> handle.execute(sql));
    }

    private static int pay(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/payments"))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Path("/payments")
    public static final class Payments {
        @POST
        @Idempotent(anonymous = true)
        public String pay() {
            return "paid";
        }
    }

    private void refused(String sentence) {
        DropwizardTestSupport<Configuration> application = application();
        try {
            assertThatThrownBy(application::before).hasStackTraceContaining(sentence);
        } finally {
            application.after();
        }
    }

    private DropwizardTestSupport<Configuration> application() {
        Configuration configuration = new Configuration();
        DefaultServerFactory server = (DefaultServerFactory) configuration.getServerFactory();
        ((HttpConnectorFactory) server.getApplicationConnectors().get(0)).setPort(0);
        ((HttpConnectorFactory) server.getAdminConnectors().get(0)).setPort(0);
        server.setShutdownGracePeriod(Duration.seconds(0));
        return new DropwizardTestSupport<>(Wired.class, configuration) {
            @Override
            public Application<Configuration> newApplication() {
                return new Wired(parts);
            }
        };
    }

    private static final class Parts {
        private @Nullable IdempotencyConfiguration settings = IdempotencyConfiguration.defaults();
        private @Nullable Supplier<UnifiedJedis> redis;
        private @Nullable Supplier<UnifiedJedis> copies;
        private @Nullable DataSource database;
        private @Nullable ScopeResolver scopes = ScopeResolver.principal();
        private String prefix = "";
        private Consumer<Environment> run = environment -> {};
    }

    private static final class Wired extends Application<Configuration> {
        private final Parts parts;

        Wired(Parts parts) {
            this.parts = parts;
        }

        @Override
        public void initialize(Bootstrap<Configuration> bootstrap) {
            bootstrap.addBundle(new IdempotencyBundle<>() {
                @Override
                protected IdempotencyConfiguration idempotency(Configuration configuration) {
                    return parts.settings;
                }

                @Override
                protected Supplier<UnifiedJedis> redis(Configuration configuration) {
                    return parts.redis;
                }

                @Override
                protected Supplier<UnifiedJedis> redisForCopies(
                        Configuration configuration, Supplier<UnifiedJedis> usual) {
                    return parts.copies == null ? usual : parts.copies;
                }

                @Override
                protected DataSource database(Configuration configuration) {
                    return parts.database;
                }

                @Override
                protected ScopeResolver scopes(Configuration configuration) {
                    return parts.scopes;
                }

                @Override
                protected Jdbi transactions(Configuration configuration, DataSource database) {
                    return Jdbi.create(database);
                }

                @Override
                protected String redisKeyPrefix(Configuration configuration) {
                    return parts.prefix;
                }
            });
        }

        @Override
        public void run(Configuration configuration, Environment environment) {
            parts.run.accept(environment);
        }
    }
}
