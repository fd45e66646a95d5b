package dev.idem.verification.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that listens on a port of this machine, as a file tells it to. Its output is discarded. */
record ListeningProcess(Process process, int port, Path configuration) implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    /**
     * Returns when it accepts connections.
     *
     * @param configuration deleted with the process
     */
    static ListeningProcess start(List<String> command, int port, Path configuration)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (long begun = System.nanoTime(); System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); ) {
            if (accepts(port)) {
                return new ListeningProcess(process, port, configuration);
            }
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(command.get(0) + " does not listen on port " + port);
    }

    /** One that nothing uses at the moment. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(configuration);
    }
}
