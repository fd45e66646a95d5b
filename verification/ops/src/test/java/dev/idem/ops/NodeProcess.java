package dev.idem.ops;

import static org.awaitility.Awaitility.await;

import dev.idem.embedded.process.FreePort;
import dev.idem.service.IdemApplication;
import dev.idem.verification.support.JavaCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A node of the service in a process of its own, which can be killed. */
public record NodeProcess(Process process, int port, int adminPort, Path log) implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("project.root"), "service/target/service.jar");
    private static final Duration START = Duration.ofMinutes(3);

    public static NodeProcess start(Path configuration, Map<String, String> environment) throws IOException {
        return start(JavaCommand.ofClass(IdemApplication.class), configuration, environment);
    }

    /**
     * Starts the jar that is shipped, and returns when it serves.
     *
     * @param heap the most of it, such as {@code 256m}
     */
    public static NodeProcess startJar(String heap, Path configuration, Map<String, String> environment)
            throws IOException {
        NodeProcess node = start(JavaCommand.ofJar(JAR.toString()).withHeap(heap), configuration, environment);
        await().atMost(START).until(node::isReady);
        return node;
    }

    public static NodeProcess start(JavaCommand program, Path configuration, Map<String, String> environment)
            throws IOException {
        int port = FreePort.any();
        int adminPort = FreePort.any();
        Path log = configuration.resolveSibling("node-" + port + ".log");
        ProcessBuilder command = new ProcessBuilder(program.with("server", configuration.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().putAll(environment);
        command.environment().putAll(Map.of("PORT", Integer.toString(port), "ADMIN_PORT", Integer.toString(adminPort)));
        return new NodeProcess(command.start(), port, adminPort, log);
    }

    public boolean isReady() throws IOException {
        String said = Files.readString(log);
        if (!process.isAlive()) {
            throw new IllegalStateException("the node has ended: " + said);
        }
        return said.contains("Started oejs.Server");
    }

    /**
     * A metric without labels, as it is now.
     *
     * @param patience how long the admin port may take to respond
     */
    public double metric(HttpClient client, String name, Duration patience) throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + adminPort + "/prometheus");
        return client.send(HttpRequest.newBuilder(page).timeout(patience).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** kill -9 */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
