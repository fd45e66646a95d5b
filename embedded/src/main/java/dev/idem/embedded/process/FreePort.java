package dev.idem.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports for servers. They lie below every system's range for outgoing connections: in that range a client that
 * keeps reconnecting to a stopped server can be given the server's own port as its source, and take it.
 */
public final class FreePort {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int FIRST = 15_000;
    private static final int LAST = 31_999;
    private static final int ATTEMPTS = 200;
    private static final int BUS = 10_000;

    private FreePort() {}

    /** The preferred port if it is free, else any other. */
    public static int preferably(int preferred) {
        return isFree(preferred) ? preferred : any();
    }

    /**
     * A port that is free at this moment, chosen at random.
     *
     * @throws EmbeddedServerException if none is found
     */
    public static int any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedServerException("no free port on 127.0.0.1 between " + FIRST + " and " + LAST);
    }

    /**
     * A port for a node of a Redis Cluster, whose bus has the port 10,000 above it.
     *
     * @throws EmbeddedServerException if none is found
     */
    public static int ofClusterNode() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = any();
            if (isFree(port + BUS)) {
                return port;
            }
        }
        throw new EmbeddedServerException("no free port on 127.0.0.1 with another one " + BUS + " above it");
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
