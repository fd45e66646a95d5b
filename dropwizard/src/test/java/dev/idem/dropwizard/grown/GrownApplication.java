package dev.idem.dropwizard.grown;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.idem.dropwizard.IdempotencyBundle;
import dev.idem.dropwizard.admin.AdminParts;
import dev.idem.dropwizard.filter.ScopeResolver;
import dev.idem.dropwizard.hook.RequestHooks;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.postgres.schema.Schema;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.util.function.Supplier;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** Everything at once that an application may have beside the bundle. */
@SuppressWarnings("NullAway.Init") // the stores are opened before anything uses them
public class GrownApplication extends Application<GrownApplication.Settings> {
    private UnifiedJedis redis;
    private ManagedDataSource database;
    private final Ledger ledger = new Ledger();

    public static final class Settings extends Configuration {
        @JsonProperty
        private String redis = "redis://127.0.0.1:6379";

        @JsonProperty
        private String keyPrefix = "idem:";

        @JsonProperty
        private DataSourceFactory database = new DataSourceFactory();

        @JsonProperty
        private boolean layerOnAdminPort = true;

        @JsonProperty
        private String metricsAt = "/own-metrics";

        @JsonProperty
        private IdempotencyConfiguration idempotency = IdempotencyConfiguration.defaults();
    }

    @Override
    public void initialize(Bootstrap<Settings> bootstrap) {
        bootstrap.addBundle(new ConfiguredBundle<>() {
            @Override
            public void run(Settings settings, Environment environment) {
                redis = RedisClient.create(settings.redis); // with Jedis's own timeouts, as most applications have it
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

            @Override
            protected String redisKeyPrefix(Settings settings) {
                return settings.keyPrefix;
            }

            @Override
            protected ScopeResolver scopes(Settings settings) {
                return new Scopes();
            }

            @Override
            protected RequestHooks hooks(Settings settings) {
                return ledger;
            }

            @Override
            protected AdminParts adminParts(Settings settings) {
                return settings.layerOnAdminPort
                        ? AdminParts.all()
                        : AdminParts.all().without(AdminParts.Part.values());
            }
        });
    }

    @Override
    public void run(Settings settings, Environment environment) {
        environment.getObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);
        JerseyEnvironment jersey = environment.jersey();
        jersey.register(new UserOfHeader());
        jersey.register(new ServedBy());
        jersey.register(new Envelope());
        jersey.register(new Framed());
        jersey.register(new Letterhead());
        jersey.register(new OwnGzip());
        jersey.register(new Stamp());
        ServedBy.encodings(jersey.getResourceConfig());
        jersey.register(new Parcels());
        new OwnOperations(settings.metricsAt).install(environment);
        jersey.register(new Puzzles());
        jersey.register(new Aspects().ranked(1000));
        jersey.register(new Aspects.Counts());
        jersey.register(Charges.ByField.class);
        jersey.register(Charges.ByInject.class);
        jersey.register(Charges.ByConstructor.class);
        jersey.register(new Charges.Instance());
        jersey.register(Charges.TooEarly.class);
        jersey.register(new ApiKeyFilter());
        jersey.register(new LateUserFilter());
        jersey.register(new Tickets());
        jersey.register(new BodyFilters());
        jersey.register(new Webhooks());
        jersey.register(new Callbacks());
        jersey.register(Callbacks.OfClass.class);
        FormAudit.install(environment.servlets());
        jersey.register(new Deliveries());
        jersey.register(new Couriers());
        CourierFilters.install(environment);
        jersey.register(new Warehouses());
        jersey.register(new Transfers());
        jersey.register(Transfers.Own.class);
        jersey.register(Transfers.Own.binder());
        jersey.register(new Stragglers());
        jersey.register(new Errands());
        jersey.register(Errands.brokenAspect());
        jersey.getResourceConfig().registerResources(Errands.inflected());
        jersey.register(new Vouchers());
        jersey.register(Vouchers.SoldOutMapper.class);
        jersey.register(ledger);
        jersey.register(new Subscriptions());
        jersey.register(new Vendor.Payments());
        jersey.register(new Vendor.Orders());
        jersey.register(new Vendor.Returns());
        jersey.register(new Vendor.Drafts());
        jersey.getResourceConfig().registerResources(Vendor.built());
    }
}
