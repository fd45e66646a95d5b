package dev.idem.dropwizard.example;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.dropwizard.IdempotencyBundle;
import dev.idem.dropwizard.Idempotent;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.postgres.schema.Schema;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.AutoCloseableManager;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import redis.clients.jedis.UnifiedJedis;

/** Takes payments: each is booked once, and never without its answer. */
@SuppressWarnings("NullAway.Init") // the stores are opened before anything uses them
public final class PaymentsApplication extends Application<PaymentsApplication.Settings> {
    private UnifiedJedis redis;
    private ManagedDataSource database;

    public static final class Settings extends Configuration {
        @JsonProperty
        private String redis = "redis://127.0.0.1:6379";

        @JsonProperty
        private DataSourceFactory database = new DataSourceFactory();

        @JsonProperty
        private IdempotencyConfiguration idempotency = IdempotencyConfiguration.defaults();
    }

    record Payment(@NotNull String account, long cents) {}

    @Path("/payments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public static final class Payments {

        @POST
        @Idempotent(atomic = true, anonymous = true)
        public Response pay(@NotNull Payment payment, @Context Handle transaction) {
            long id = transaction
                    .createQuery("INSERT INTO payments (account, cents) VALUES (:account, :cents) RETURNING id")
                    .bind("account", payment.account())
                    .bind("cents", payment.cents())
                    .mapTo(Long.class)
                    .one();
            int booked = transaction.execute(
                    "UPDATE accounts SET cents = cents - ? WHERE name = ? AND cents >= ?",
                    payment.cents(),
                    payment.account(),
                    payment.cents());
            if (booked == 0) {
                // Thrown, and so the row above is rolled back; repeats get this answer too.
                throw new ClientErrorException("There is not enough money in the account.", 409);
            }
            return Response.status(201).entity(Map.of("id", id)).build();
        }
    }

    @Override
    public void initialize(Bootstrap<Settings> bootstrap) {
        bootstrap.addBundle(new ConfiguredBundle<>() {
            @Override
            public void run(Settings settings, Environment environment) {
                redis = RedisConnections.open(
                        (RedisTarget.External) RedisTarget.parse(settings.redis, null),
                        RedisConnections.DEFAULT_TIMEOUT);
                database = settings.database.build(environment.metrics(), "database");
                new Schema(database).update();
                environment.lifecycle().manage(new AutoCloseableManager(redis));
                environment.lifecycle().manage(database);
            }
        });
        bootstrap.addBundle(new IdempotencyBundle<>() {
            @Override
            protected IdempotencyConfiguration idempotency(Settings settings) {
                return settings.idempotency;
            }

            @Override
            protected Supplier<UnifiedJedis> redis(Settings settings) {
                return () -> redis;
            }

            @Override
            protected DataSource database(Settings settings) {
                return database;
            }
        });
    }

    @Override
    public void run(Settings settings, Environment environment) {
        environment.jersey().register(new Payments());
    }
}
