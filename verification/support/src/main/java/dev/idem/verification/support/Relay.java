package dev.idem.verification.support;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Another address of a server on 127.0.0.1: each connection to it becomes one to the server.
 */
public final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    /**
     * @param address of this machine
     * @param port there; 0 for one that is free
     * @param server the server's port
     */
    public static Relay at(String address, int port, int server) throws IOException {
        Relay relay = new Relay(new ServerSocket(port, 50, InetAddress.getByName(address)), server);
        inBackground(relay::accept);
        return relay;
    }

    public int port() {
        return door.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                open.add(client);
                connect(client);
            }
        } catch (IOException closed) {
            // By close().
        }
    }

    private void connect(Socket client) throws IOException {
        Socket beyond = new Socket();
        open.add(beyond);
        try {
            beyond.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
        } catch (IOException refused) {
            end(client, beyond);
            return;
        }
        if (door.isClosed()) {
            end(client, beyond);
        }
        inBackground(() -> copy(client, beyond));
        inBackground(() -> copy(beyond, client));
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // So does the other direction.
        }
        end(from, to);
    }

    private void end(Closeable... sockets) {
        for (Closeable socket : sockets) {
            open.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Refuses new connections and ends the others, as if the server were gone from this address. */
    public void vanish() throws IOException {
        door.close();
        end(open.toArray(Closeable[]::new));
    }

    @Override
    public void close() throws IOException {
        vanish();
    }
}
