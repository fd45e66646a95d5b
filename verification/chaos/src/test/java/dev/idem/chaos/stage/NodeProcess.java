package dev.idem.chaos.stage;

import static org.awaitility.Awaitility.await;

import dev.idem.chaos.node.ChaosNode;
import dev.idem.verification.support.JavaCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node: a JVM of its own, which comes back on the same port after it was killed. Thread-safe. */
public final class NodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int number;
    private final int port;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process;
    private boolean closed;

    /**
     * @param classPath of the JVM
     * @param configuration of the application, a file
     * @param log where the node's output is appended
     */
    NodeProcess(int number, int port, String classPath, Path configuration, Path log) {
        this.number = number;
        this.port = port;
        this.log = log;
        this.command = JavaCommand.ofClass(ChaosNode.class, classPath)
                .withHeap("160m")
                .with("server", configuration.toString());
    }

    public int number() {
        return number;
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Returns when it answers. A node that ends while it starts, since a store is away, is started again. */
    public void start() {
        await("node " + number + " answers, see " + log)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(this::isReady);
    }

    private synchronized boolean isReady() throws IOException {
        if (closed) {
            return true;
        }
        if (process == null || !process.isAlive()) {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** {@code kill -9}. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    public synchronized void pause() {
        if (process != null) {
            Signal.STOP.send(process);
        }
    }

    public synchronized void resume() {
        if (process != null) {
            Signal.CONT.send(process);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        kill();
    }
}
