package dev.idem.chaos.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of its own that leads to a server's port on this machine, and may be told to fail. Thread-safe. */
public final class FaultyWire implements AutoCloseable {
    /** Longer than the nodes wait for Redis, shorter than they wait for PostgreSQL. */
    public static final Duration LATENCY = Duration.ofMillis(300);

    private static final Logger log = LoggerFactory.getLogger(FaultyWire.class);

    private final ServerSocket door;
    private final InetSocketAddress target;
    private final Gate gate = new Gate();
    private final Set<Tunnel> tunnels = ConcurrentHashMap.newKeySet();

    public FaultyWire(int targetPort) {
        try {
            target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
            door = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("no port for a wire to " + targetPort, e);
        }
        Tunnel.thread("wire to " + targetPort, this::accept).start();
    }

    public int port() {
        return door.getLocalPort();
    }

    public void set(Trouble trouble) {
        gate.set(trouble);
        if (trouble == Trouble.RESET) {
            tunnels.forEach(Tunnel::close);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                carry(door.accept());
            } catch (SocketException closed) {
                log.debug("no more connections to {}", target);
            } catch (IOException e) {
                log.warn("a connection to {} was lost at the door", target, e);
            }
        }
    }

    private void carry(Socket client) throws IOException {
        if (gate.trouble() == Trouble.RESET) {
            client.close();
            return;
        }
        Tunnel tunnel = new Tunnel(client, target, gate);
        tunnels.add(tunnel);
        tunnel.open(() -> tunnels.remove(tunnel));
        // Once more: set() either finds the tunnel, or has changed the gate before it was added.
        if (gate.trouble() == Trouble.RESET) {
            tunnel.close();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new IllegalStateException("the door to " + target + " does not close", e);
        }
        set(Trouble.RESET);
    }
}
