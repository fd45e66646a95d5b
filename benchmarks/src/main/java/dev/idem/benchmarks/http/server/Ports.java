package dev.idem.benchmarks.http.server;

import dev.idem.embedded.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Assigns loopback ports to servers: consecutive ones, or any free ones. Not thread-safe. */
public final class Ports {
    private final boolean any;
    private int next;

    private Ports(boolean any, int next) {
        this.any = any;
        this.next = next;
    }

    public static Ports any() {
        return new Ports(true, 0);
    }

    /** @param first from 1024 on */
    public static Ports from(int first) {
        return new Ports(false, first);
    }

    /** @throws BenchmarkException if the next port is in use, or no port is left */
    int take() {
        if (any) {
            return FreePort.any();
        }
        int port = next++;
        if (port > 65535) {
            throw new BenchmarkException("--first-port: there are not enough ports up to 65535");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException e) {
            throw new BenchmarkException(
                    "port " + port + " is in use: choose another --first-port, or leave it out to take free ones", e);
        }
    }
}
