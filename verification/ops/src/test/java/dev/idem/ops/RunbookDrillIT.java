package dev.idem.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.idem.admin.command.IdemAdmin;
import dev.idem.admin.session.Shell;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.NeedsPrograms;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The runbook's entry about stale locks, as someone on call goes through it. */
@ExtendWith(ServersExtension.class)
final class RunbookDrillIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ALERT = "IdempotencyStaleLocks";
    private static final String KEY = "order-4711";

    private final Path directory;
    private final Map<String, String> environment;

    RunbookDrillIT(@TempDir Path directory, TestRedis redis, TestDatabase database) {
        this.directory = directory;
        this.environment = Map.of(
                "REDIS_URL", redis.url(),
                "DATABASE_URL", database.jdbcUrl(),
                "KEY_PREFIX", redis.keyPrefix(),
                "JWT_SECRET", "a secret that only this test has, 32 bytes");
        database.filledOnce("tables", Tables::createIn);
    }

    @Test
    @NeedsPrograms("prometheus")
    void aNodeThatIsKilledInMidRequestIsSeenAndItsLockIsCleared() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        HttpServer upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> reached.countDown()); // and no answer
        upstream.start();
        Path configuration = configuration(upstream.getAddress().getPort());
        try (NodeProcess killed = NodeProcess.start(configuration, environment);
                NodeProcess survivor = NodeProcess.start(configuration, environment);
                Prometheus prometheus = Prometheus.watching(survivor.adminPort(), directory)) {
            await().atMost(PATIENCE).until(() -> killed.isReady() && survivor.isReady());
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> prometheus.sees("idempotency_stale_locks == 0") && !prometheus.fires(ALERT));

            CompletableFuture<HttpResponse<String>> lost = order(killed.port());
            assertThat(reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            killed.kill();
            assertThat(lost).failsWithin(PATIENCE);

            await().atMost(PATIENCE).until(() -> prometheus.fires(ALERT));
            assertThat(said(configuration, "doctor")).contains("Owners have died.");
            assertThat(admin(configuration, "list", "--stale")).contains(KEY);

            admin(configuration, "clear-stale", "--dry-run");
            assertThat(admin(configuration, "list", "--stale")).contains(KEY);
            admin(configuration, "clear-stale", "--yes");

            await().atMost(PATIENCE).until(() -> !prometheus.fires(ALERT));
            assertThat(said(configuration, "doctor")).doesNotContain("Owners have died.");
        } finally {
            upstream.stop(0);
        }
    }

    private Path configuration(int upstream) throws Exception {
        String project = Files.readString(Path.of(System.getProperty("project.root"), "config.yml"));
        assertThat(project).contains("\"idem:\"").contains("  routes: []");
        return Files.writeString(
                directory.resolve("config.yml"),
                project.replace("\"idem:\"", "'${KEY_PREFIX}'")
                        .replace(
                                "  routes: []",
                                "  routes: [{ prefix: /orders, upstream: 'http://127.0.0.1:" + upstream
                                        + "', scope: authorization, policy: { keyFormat: any, lockTimeout: 1s } }]"));
    }

    private static CompletableFuture<HttpResponse<String>> order(int port) {
        return HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                                .header("Authorization", "Bearer ann")
                                .header("Idempotency-Key", KEY)
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString());
    }

    private String admin(Path configuration, String... arguments) {
        StringWriter said = new StringWriter();
        assertThat(run(configuration, said, arguments)).as(said.toString()).isZero();
        return said.toString();
    }

    /** What the tool says, whatever else it finds on this machine. */
    private String said(Path configuration, String... arguments) {
        StringWriter said = new StringWriter();
        assertThat(run(configuration, said, arguments)).isBetween(0, 1);
        return said.toString();
    }

    private int run(Path configuration, StringWriter said, String... arguments) {
        Shell shell = new Shell(environment, directory, InputStream.nullInputStream(), Optional.empty());
        CommandLine tool =
                IdemAdmin.commandLine(shell).setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
        String[] line = new String[arguments.length + 2];
        line[0] = "-c";
        line[1] = configuration.toString();
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return tool.execute(line);
    }
}
