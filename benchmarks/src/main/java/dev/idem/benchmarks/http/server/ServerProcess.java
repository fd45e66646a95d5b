package dev.idem.benchmarks.http.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A server in a separate process. Thread-safe. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long POLL_MS = 50;
    private static final int LINES_SHOWN = 15;

    private final String name;
    private final int port;
    private final Process process;
    private final Path log;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServerProcess(String name, int port, Process process, Path log) {
        this.name = name;
        this.port = port;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the server; {@link #awaitReady} waits until it responds. Its standard input ends together with this process, and
     * the server must then end too.
     *
     * @param directory the working directory
     * @param environment variables in addition to our own
     * @param log the file for its output
     */
    static ServerProcess start(
            String name, int port, List<String> command, Path directory, Map<String, String> environment, Path log) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new ServerProcess(name, port, builder.start(), log);
        } catch (IOException e) {
            throw new BenchmarkException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** @throws BenchmarkException with the end of its log, if it ends or does not listen in time */
    public ServerProcess awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (!process.isAlive()) {
                throw new BenchmarkException(name + " ended at its start. Its log says:\n" + endOfLog());
            }
            if (System.nanoTime() > deadline) {
                throw new BenchmarkException(name + " does not listen on port " + port + " after "
                        + PATIENCE.toSeconds() + " s. Its log says:\n" + endOfLog());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        return this;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The last lines of its output. */
    public String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e + ")";
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The processor time that it has used, in steps of about 10 ms. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The bytes that it has allocated; empty if unknown. */
    public OptionalLong allocated() {
        return ask("/allocated").map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** How often the handler ran for an order that asked to be counted; asked once for each. */
    public int executions(String number) {
        return ask("/executions/" + number)
                .map(Integer::parseInt)
                .orElseThrow(() -> new BenchmarkException(name + " does not say how often its handler ran"));
    }

    private Optional<String> ask(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body().strip()) : Optional.empty();
        } catch (IOException e) {
            throw new BenchmarkException(name + " does not answer any more: " + e + "\n" + endOfLog(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted while asking " + name, e);
        }
    }

    public String name() {
        return name;
    }

    /** Stops the server and waits until the process has ended. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
