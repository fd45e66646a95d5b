package dev.idem.dropwizard.grown;

import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.testing.ResourceHelpers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The grown application while it runs, with a client. */
final class Grown implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final DropwizardTestSupport<GrownApplication.Settings> application;

    Grown(TestRedis redis, TestDatabase database, ConfigOverride... more) throws Exception {
        this(GrownApplication.class, redis, database, more);
    }

    Grown(Class<? extends GrownApplication> type, TestRedis redis, TestDatabase database, ConfigOverride... more)
            throws Exception {
        ConfigOverride[] settings = {
            ConfigOverride.config("server.applicationConnectors[0].port", "0"),
            ConfigOverride.config("server.adminConnectors[0].port", "0"),
            ConfigOverride.config("redis", redis.url()),
            ConfigOverride.config("keyPrefix", redis.keyPrefix()),
            ConfigOverride.config("database.driverClass", "org.postgresql.Driver"),
            ConfigOverride.config("database.url", database.jdbcUrl())
        };
        ConfigOverride[] all = new ConfigOverride[settings.length + more.length];
        System.arraycopy(settings, 0, all, 0, settings.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        application = new DropwizardTestSupport<>(type, ResourceHelpers.resourceFilePath("grown.yml"), all);
        application.before();
    }

    static String newKey() {
        return UUID.randomUUID().toString();
    }

    String url(String path) {
        return "http://127.0.0.1:" + application.getLocalPort() + path;
    }

    /** A request of the user ann. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).header("X-User", "ann");
    }

    HttpRequest.Builder post(String path, String key) {
        return request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** A page of the admin port. */
    String admin(String path) throws Exception {
        return operator(admin(path, "GET", BodyPublishers.noBody()));
    }

    /** What a task of the admin port prints. */
    String task(String name) throws Exception {
        return operator(admin("/tasks/" + name, "POST", BodyPublishers.noBody()));
    }

    private HttpRequest admin(String path, String method, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.getAdminPort() + path))
                .method(method, body)
                .build();
    }

    private String operator(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString()).body();
    }

    CompletableFuture<HttpResponse<byte[]>> sendLater(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        application.after();
    }
}
