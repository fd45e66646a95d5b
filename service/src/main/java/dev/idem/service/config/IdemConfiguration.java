package dev.idem.service.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.dropwizard.route.ConfiguredRoutes;
import dev.idem.gateway.config.GatewayConfiguration;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.http.policy.ConfiguredRoute;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.postgres.connect.DatabaseTarget;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.ServerFactory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole of {@code config.yml}; sections that are missing have their defaults. */
public final class IdemConfiguration extends Configuration {
    private static final String NEW_SHARES = "POST /api/v1/shares";

    private final Path dataDir;
    private final RedisConfiguration redis;
    private final DatabaseConfiguration database;
    private final AuthConfiguration auth;
    private final IdempotencyConfiguration idempotency;
    private final GatewayConfiguration gateway;
    private final AdminConfiguration admin;
    private final ShutdownConfiguration shutdown;

    /** @throws IllegalArgumentException if sections contradict each other, naming the key and what it should be */
    @JsonCreator
    public IdemConfiguration(
            @JsonProperty("dataDir") @Nullable String dataDir,
            @JsonProperty("redis") @Nullable RedisConfiguration redis,
            @JsonProperty("database") @Nullable DatabaseConfiguration database,
            @JsonProperty("auth") @Nullable AuthConfiguration auth,
            @JsonProperty("idempotency") @Nullable IdempotencyConfiguration idempotency,
            @JsonProperty("shares") @Nullable SharesConfiguration unusedShares,
            @JsonProperty("gateway") @Nullable GatewayConfiguration gateway,
            @JsonProperty("admin") @Nullable AdminConfiguration admin,
            @JsonProperty("shutdown") @Nullable ShutdownConfiguration shutdown) {
        this.dataDir = Path.of(dataDir == null || dataDir.isBlank() ? "data" : dataDir);
        this.redis = redis == null ? RedisConfiguration.DEFAULTS : redis;
        this.database = database == null ? new DatabaseConfiguration(null, null, null) : database;
        this.auth = auth == null ? AuthConfiguration.DEFAULTS : auth;
        this.idempotency = idempotency == null ? IdempotencyConfiguration.defaults() : idempotency;
        this.gateway = gateway == null ? GatewayConfiguration.EMPTY : gateway;
        this.admin = admin == null ? new AdminConfiguration(null, null) : admin;
        this.shutdown = shutdown == null ? new ShutdownConfiguration(null) : shutdown;
        RoutePolicy unusedPolicy = sharesPolicy(); // validated, as the routes are, so that a wrong one stops the start
        List<RouteSettings> unused = routes();
        if (this.database.target() instanceof DatabaseTarget.External
                && this.auth.secret().isEmpty()) {
            throw new IllegalArgumentException(
                    "auth.jwtSecret (JWT_SECRET) is required when database.url (DATABASE_URL)"
                            + " is not embedded; it must have at least 32 bytes, such as the output of: openssl rand -base64 48");
        }
    }

    /** @throws IllegalArgumentException naming the keys that contradict each other, and what they should be */
    @Override
    @JsonProperty("server")
    public void setServerFactory(ServerFactory server) {
        ServerPorts.require(server);
        super.setServerFactory(server);
    }

    /** The directory of the embedded servers' data. */
    public Path dataDirectory() {
        return dataDir;
    }

    public RedisConfiguration redis() {
        return redis;
    }

    public DatabaseConfiguration database() {
        return database;
    }

    public AuthConfiguration auth() {
        return auth;
    }

    public IdempotencyConfiguration idempotency() {
        return idempotency;
    }

    /** The policy of new shares, which {@code idempotency.routes} may select. */
    public RoutePolicy sharesPolicy() {
        RoutePolicies rules = idempotency.rules();
        rules.routes().forEach(IdemConfiguration::requireShares);
        return new ConfiguredRoutes(rules.routes())
                .of(NEW_SHARES)
                .flatMap(ConfiguredRoute::policy)
                .orElse(rules.usual());
    }

    private static void requireShares(ConfiguredRoute route) {
        if (route.path().contains("*")
                || new ConfiguredRoutes(List.of(route)).of(NEW_SHARES).isEmpty()) {
            throw new IllegalArgumentException(route.place() + ".path must be /api/v1/shares, with the method POST: the"
                    + " service protects no other method of its own, since answers to operators and logins are not"
                    + " stored. Routes of the gateway have their policies in gateway.routes");
        }
    }

    /** Access to the admin port. */
    public AdminConfiguration admin() {
        return admin;
    }

    /** What comes before the end. */
    public ShutdownConfiguration shutdown() {
        return shutdown;
    }

    /** Whether {@code gateway.routes} is there, empty or not. */
    public boolean mentionsRoutes() {
        return gateway.mentionsRoutes();
    }

    /** The gateway's routes; the default policy fills in what they do not set. */
    public List<RouteSettings> routes() {
        List<RouteSettings> routes = gateway.over(idempotency.rules().usual());
        for (int i = 0; i < routes.size(); i++) {
            idempotency.requireBodyMemory(
                    "gateway.routes[" + i + "].policy.", routes.get(i).policy());
        }
        return routes;
    }
}
