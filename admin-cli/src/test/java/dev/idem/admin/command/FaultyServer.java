package dev.idem.admin.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that accepts connections and sends the same bytes to each, or nothing at all. Thread-safe. */
final class FaultyServer implements AutoCloseable {
    private final ServerSocket server;
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

    private FaultyServer(byte[] greeting) {
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(() -> accept(greeting), "faulty server");
        thread.setDaemon(true);
        thread.start();
    }

    static FaultyServer silent() {
        return new FaultyServer(new byte[0]);
    }

    static FaultyServer sending(byte[] greeting) {
        return new FaultyServer(greeting);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(byte[] greeting) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                accepted.add(client); // stays open: what was sent must arrive
                client.getOutputStream().write(greeting);
            } catch (IOException clientIsGone) {
                // the next one may come
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : accepted) {
            client.close();
        }
    }
}
