package dev.idem.gateway;

import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.service.IdemApplication;
import dev.idem.service.config.IdemConfiguration;
import dev.idem.service.stores.ServiceTables;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The service in this process, with the project's own config.yml and routes of a test. */
final class GatewayService implements AutoCloseable {
    /** Jetty would wait for a second until idle connections are closed. */
    private static final String AT_ONCE = "0s";

    private static final String NO_ROUTES = "  routes: []\n";

    private final Path file;
    private final DropwizardTestSupport<IdemConfiguration> service;

    /**
     * @param routes the value of gateway.routes, in YAML
     * @param settings what else differs from config.yml
     */
    GatewayService(TestRedis redis, TestDatabase database, String routes, ConfigOverride... settings) throws Exception {
        this(redis.url(), redis.keyPrefix(), database, routes, settings);
    }

    /** The same on stores of a test's own. */
    GatewayService(String redisUrl, String keyPrefix, TestDatabase database, String routes, ConfigOverride... settings)
            throws Exception {
        this(0, 0, AT_ONCE, redisUrl, keyPrefix, database, routes, settings);
    }

    private GatewayService(
            int port,
            int adminPort,
            String grace,
            String redisUrl,
            String keyPrefix,
            TestDatabase database,
            String routes,
            ConfigOverride... settings)
            throws Exception {
        file = Files.createTempFile("idem-gateway", ".yml");
        write(routes);
        database.filledOnce("tables", GatewayService::migrate);
        service = new DropwizardTestSupport<>(
                IdemApplication.class,
                file.toString(),
                new FileConfigurationSourceProvider(),
                overrides(port, adminPort, grace, redisUrl, keyPrefix, database.jdbcUrl(), settings));
        start(service);
    }

    /** One at a time: settings are system properties, which all services of this process read when they start. */
    private static void start(DropwizardTestSupport<IdemConfiguration> service) throws Exception {
        synchronized (GatewayService.class) {
            System.getProperties().stringPropertyNames().stream()
                    .filter(name -> name.startsWith("dw."))
                    .forEach(System::clearProperty);
            service.before();
        }
    }

    private static void migrate(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        ServiceTables.in(source).update();
    }

    /** One that lets requests in flight end before it stops. */
    static GatewayService patient(TestRedis redis, TestDatabase database, String routes, ConfigOverride... settings)
            throws Exception {
        return patientAt(0, 0, redis, database, routes, settings);
    }

    /** Such a one at ports that are known before. */
    static GatewayService patientAt(
            int port, int adminPort, TestRedis redis, TestDatabase database, String routes, ConfigOverride... settings)
            throws Exception {
        return new GatewayService(port, adminPort, "30s", redis.url(), redis.keyPrefix(), database, routes, settings);
    }

    private static ConfigOverride[] overrides(
            int port,
            int adminPort,
            String grace,
            String redisUrl,
            String keyPrefix,
            String jdbcUrl,
            ConfigOverride... settings) {
        List<ConfigOverride> overrides = new ArrayList<>(List.of(
                ConfigOverride.config("server.applicationConnectors[0].port", "" + port),
                ConfigOverride.config("server.adminConnectors[0].port", "" + adminPort),
                ConfigOverride.config("server.shutdownGracePeriod", grace),
                ConfigOverride.config("redis.url", redisUrl),
                ConfigOverride.config("redis.keyPrefix", keyPrefix),
                ConfigOverride.config("database.url", jdbcUrl),
                ConfigOverride.config("auth.jwtSecret", "a secret that only this test has, 32 bytes")));
        overrides.addAll(List.of(settings));
        return overrides.stream().map(GatewayService::untilTheNextStart).toArray(ConfigOverride[]::new);
    }

    /** A service that stops removes no setting of one that starts at that moment. */
    private static ConfigOverride untilTheNextStart(ConfigOverride setting) {
        return new ConfigOverride() {
            @Override
            public void addToSystemProperties() {
                setting.addToSystemProperties();
            }

            @Override
            public void removeFromSystemProperties() {
                // The next start does.
            }
        };
    }

    /** Writes other routes to the configuration file, of which the service learns when it is told to read it. */
    void write(String routes) throws IOException {
        String configuration = Files.readString(Path.of(System.getProperty("project.root"), "config.yml"));
        if (!configuration.contains(NO_ROUTES)) {
            throw new IllegalStateException("config.yml is expected to have no routes");
        }
        Files.writeString(file, configuration.replace(NO_ROUTES, "  routes:\n" + routes.indent(4)));
    }

    /** Leaves of the configuration file what is before a line, as a copy that has not ended would. */
    void cutOffBefore(String lineStart) throws IOException {
        write("- { prefix: /orders, upstream: 'http://127.0.0.1:1' }");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.lastIndexOf('\n' + lineStart) + 1));
    }

    int port() {
        return service.getLocalPort();
    }

    int adminPort() {
        return service.getAdminPort();
    }

    DropwizardTestSupport<IdemConfiguration> support() {
        return service;
    }

    @Override
    public void close() throws IOException {
        stopServer();
        synchronized (GatewayService.class) { // it resets the log of the process
            service.after();
        }
        Files.delete(file);
    }

    private void stopServer() {
        try {
            service.getEnvironment().getApplicationContext().getServer().stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
