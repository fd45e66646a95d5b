package dev.idem.dropwizard;

import dev.idem.dropwizard.health.Readiness;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.postgres.schema.Schema;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.RedisClient;

/** The running test application, with a client. */
final class TestService implements AutoCloseable {
    /** Otherwise Jetty waits a second for idle connections. */
    private static final Duration AT_ONCE = Duration.seconds(0);

    /** Dropwizard's default. */
    private static final Duration A_WHILE = Duration.seconds(30);

    private final Effects effects = new Effects();
    private final Ledger ledger = new Ledger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final DropwizardTestSupport<Configuration> application;
    private final int port;

    private TestService(
            String redisUrl,
            String keyPrefix,
            TestDatabase database,
            Duration grace,
            Duration idle,
            IdempotencyConfiguration idempotency,
            Object... more)
            throws Exception {
        this(16, redisUrl, keyPrefix, database, grace, idle, idempotency, more);
    }

    private TestService(
            int connections,
            String redisUrl,
            String keyPrefix,
            TestDatabase database,
            Duration grace,
            Duration idle,
            IdempotencyConfiguration idempotency,
            Object... more)
            throws Exception {
        String jdbcUrl =
                database.filledOnce("tables", TestService::createTables).jdbcUrl();
        Configuration configuration = new Configuration();
        DefaultServerFactory server = (DefaultServerFactory) configuration.getServerFactory();
        HttpConnectorFactory connector =
                (HttpConnectorFactory) server.getApplicationConnectors().get(0);
        connector.setPort(0);
        connector.setIdleTimeout(idle);
        ((HttpConnectorFactory) server.getAdminConnectors().get(0)).setPort(0);
        server.setShutdownGracePeriod(grace);
        application = new DropwizardTestSupport<>(TestApplication.class, configuration) {
            @Override
            public Application<Configuration> newApplication() {
                return new TestApplication(redisUrl, keyPrefix, jdbcUrl, idempotency, resources(more), connections);
            }
        };
        application.before();
        port = application.getLocalPort();
    }

    /** @param idempotency the section of the configuration file */
    static TestService start(
            String redisUrl, String keyPrefix, TestDatabase database, String idempotency, Object... more)
            throws Exception {
        return new TestService(
                redisUrl,
                keyPrefix,
                database,
                AT_ONCE,
                A_WHILE,
                new Yaml(idempotency).as(IdempotencyConfiguration.class),
                more);
    }

    /** @param idempotency the section of the configuration file */
    static TestService start(TestRedis redis, TestDatabase database, String idempotency, Object... more)
            throws Exception {
        return start(redis.url(), redis.keyPrefix(), database, idempotency, more);
    }

    /** One whose database pool has so many connections. */
    static TestService startWithPool(int connections, TestRedis redis, TestDatabase database, String idempotency)
            throws Exception {
        return new TestService(
                connections,
                redis.url(),
                redis.keyPrefix(),
                database,
                AT_ONCE,
                A_WHILE,
                new Yaml(idempotency).as(IdempotencyConfiguration.class));
    }

    /** With additional resources. */
    static TestService start(TestRedis redis, TestDatabase database, Object... more) throws Exception {
        return new TestService(
                redis.url(), redis.keyPrefix(), database, AT_ONCE, A_WHILE, IdempotencyConfiguration.defaults(), more);
    }

    /** One that completes requests in flight before it stops. */
    static TestService startPatient(TestRedis redis, TestDatabase database) throws Exception {
        return new TestService(
                redis.url(),
                redis.keyPrefix(),
                database,
                Duration.seconds(30),
                A_WHILE,
                IdempotencyConfiguration.defaults());
    }

    /** One with this idle timeout. */
    static TestService startRestless(TestRedis redis, TestDatabase database, Duration idle) throws Exception {
        return new TestService(
                redis.url(), redis.keyPrefix(), database, AT_ONCE, idle, IdempotencyConfiguration.defaults());
    }

    private static void createTables(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        new Schema(source).update();
    }

    private List<Object> resources(Object... more) {
        return Stream.concat(Stream.of(effects, ledger), Stream.of(more)).toList();
    }

    Effects effects() {
        return effects;
    }

    Ledger ledger() {
        return ledger;
    }

    int port() {
        return port;
    }

    static String newKey() {
        return UUID.randomUUID().toString();
    }

    /** A request of the user ann. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-User", "ann");
    }

    HttpRequest post(String path, String key, String body) {
        return request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> sendForBytes(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    CompletableFuture<HttpResponse<String>> sendLater(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String key) throws Exception {
        return send(post(path, key, "{}"));
    }

    String admin(String path) throws Exception {
        return adminResponse(path).body();
    }

    HttpResponse<String> adminResponse(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.getAdminPort() + path))
                .build());
    }

    Readiness readiness() {
        return running().readiness();
    }

    /** The pool that the application and the layer share. */
    DataSource database() {
        return running().database();
    }

    /** The client that the application and the layer share. */
    RedisClient redis() {
        return running().redis();
    }

    private TestApplication running() {
        return (TestApplication) application.<Application<Configuration>>getApplication();
    }

    /** Runs one of the layer's tasks. */
    String task(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + application.getAdminPort() + "/tasks/idempotency-" + path))
                        .POST(BodyPublishers.noBody())
                        .build())
                .body();
    }

    boolean refusesConnections() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    @Override
    public void close() {
        application.after();
    }
}
