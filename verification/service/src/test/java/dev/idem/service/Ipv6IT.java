package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.Programs;
import dev.idem.verification.support.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar that is shipped where all addresses are of IPv6, with ports that the system chooses, and with log files that it rotates and
 * that somebody takes away.
 */
@ExtendWith(ServersExtension.class)
@EnabledIfSystemProperty(named = "test.form", matches = "full")
@SuppressWarnings("AddressSelection") // addresses are literal
final class Ipv6IT {
    private static final String LOOPBACK = "::1";

    private static final String CONFIGURATION = """
            server:
              applicationConnectors: [ { type: http, port: 0, bindHost: "::1" } ]
              adminConnectors: [ { type: http, port: 0, bindHost: "::1" } ]
              requestLog:
                appenders:
                  - type: file
                    currentLogFilename: DIRECTORY/requests.log
                    archivedLogFilenamePattern: "DIRECTORY/requests-%d{yyyy-MM-dd_HH-mm-ss}.log"
                    archivedFileCount: 100
            logging:
              appenders:
                - type: console
                - type: file
                  currentLogFilename: DIRECTORY/idem.log
                  archivedLogFilenamePattern: "DIRECTORY/idem-%d-%i.log.gz"
                  archivedFileCount: 5
                  maxFileSize: 10MiB
            redis: { url: "${REDIS_URL}", keyPrefix: "PREFIX" }
            database: { url: "${DATABASE_URL}" }
            auth: { jwtSecret: "${JWT_SECRET}" }
            shutdown: { drainDelay: 0s }
            gateway:
              routes: [ { prefix: /orders, upstream: "http://[::1]:UPSTREAM" } ]
            """;

    private final Path directory;

    Ipv6IT(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void needsTheProtocol() throws IOException {
        Programs.here()
                .need(
                        NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)) != null,
                        "IPv6",
                        () -> "no interface has the address ::1");
    }

    @Test
    void everythingIsAtAnAddressOfIpv6AndLogFilesComeAgain(TestRedis redis, TestDatabase database) throws Exception {
        RunningService.addUser(Tables.in(database), RunningService.ANN);
        HttpServer upstream = upstream();
        try (Relay toRedis = Relay.at(LOOPBACK, 0, port(redis.url()));
                Relay toDatabase = Relay.at(LOOPBACK, 0, port(database.jdbcUrl().substring("jdbc:".length())));
                ServiceProcess service = ServiceProcess.start(
                                List.of(),
                                file(redis, upstream),
                                directory,
                                Map.of(
                                        "REDIS_URL",
                                        redis.url().replaceFirst("127\\.0\\.0\\.1:\\d+", "[::1]:" + toRedis.port()),
                                        "DATABASE_URL",
                                        postgresUrl(database, toDatabase),
                                        "JWT_SECRET",
                                        "a secret that only this test has, 32 bytes"))
                        .awaitReady()) {
            Api api = at(portInTheLog(service, "application"));
            Api admin = at(portInTheLog(service, "admin"));

            String token = api.login(RunningService.ANN, RunningService.PASSWORD);
            String key = UUID.randomUUID().toString();
            HttpResponse<String> first = api.share(token, key, Api.REDDIT);

            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(api.share(token, key, Api.REDDIT).body()).isEqualTo(first.body());
            assertThat(admin.get("/health/ready").statusCode()).isEqualTo(200);
            awaitTrust(admin);
            assertThat(throughTheGateway(api, token).statusCode()).isEqualTo(201);
            logFilesComeAgain(api);
        } finally {
            upstream.stop(0);
        }
        assertThat(directory.resolve("idem.log")).content().contains("Started application@", "Stopped");
    }

    private static void awaitTrust(Api admin) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> admin.get("/prometheus").body().contains("idempotency_redis_trusted 1.0"));
    }

    private static HttpResponse<String> throughTheGateway(Api api, String token) throws Exception {
        return api.send(api.request("/orders")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody())
                .build());
    }

    /** Each second the service begins a file. It does so too when its file is not where it was. */
    private void logFilesComeAgain(Api api) throws Exception {
        await().until(() -> {
            api.get("/problems");
            return archived() > 1;
        });
        Path current = directory.resolve("requests.log");

        Files.move(current, directory.resolve("taken-away.log"));

        await().until(() -> {
            api.get("/after-it-was-taken-away");
            return Files.exists(current) && Files.readString(current).contains("/after-it-was-taken-away");
        });
        int before = archived();
        await().until(() -> {
            api.get("/problems");
            return archived() > before;
        });
    }

    private int archived() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return (int) files.filter(file ->
                            file.getFileName().toString().matches("requests-\\d{4}-\\d\\d-\\d\\d_[-\\d]+\\.log"))
                    .count();
        }
    }

    private static HttpServer upstream() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext("/orders", exchange -> {
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Path file(TestRedis redis, HttpServer upstream) throws IOException {
        return Files.writeString(
                directory.resolve("config.yml"),
                CONFIGURATION
                        .replace("DIRECTORY", directory.toString())
                        .replace("PREFIX", redis.keyPrefix())
                        .replace("UPSTREAM", "" + upstream.getAddress().getPort()));
    }

    private static int portInTheLog(ServiceProcess service, String connector) throws IOException {
        Matcher started = Pattern.compile("Started " + connector + "@.*\\{\\[?::1]?:(\\d+)}")
                .matcher(service.log());
        assertThat(started.find()).as(service.log()).isTrue();
        assertThat(started.group(1)).isNotEqualTo("0");
        return Integer.parseInt(started.group(1));
    }

    private static Api at(int port) {
        return new Api("http://[::1]:" + port, HttpClient.newHttpClient());
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    /** As libpq has it. */
    private static String postgresUrl(TestDatabase database, Relay relay) {
        return database.jdbcUrl()
                .substring("jdbc:".length())
                .replaceFirst("127\\.0\\.0\\.1:\\d+", "[::1]:" + relay.port());
    }
}
