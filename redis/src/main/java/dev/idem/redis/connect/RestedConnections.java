package dev.idem.redis.connect;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;

/**
 * Makes a pool's connections to one server. A connection that rested is looked at before it is lent: the server may have closed it
 * meanwhile ({@code timeout}, {@code CLIENT KILL}, a balancer). A script on it would have no reply, and end the generation for all
 * nodes. Looking costs a millisecond and no round trip. An old connection is replaced, since the server's name may lead elsewhere
 * by now. Thread-safe.
 */
final class RestedConnections extends ConnectionFactory {
    private static final Duration REST = Duration.ofMillis(100);
    private static final Duration OLD_AGE = Duration.ofMinutes(1);

    private final HostAndPort server;
    private final JedisClientConfig config;
    private final Duration rest;
    private final Duration oldAge;

    /** With the usual limits. */
    RestedConnections(HostAndPort server, JedisClientConfig config) {
        this(server, config, REST, OLD_AGE);
    }

    /** @param rest a connection that was used more recently is not looked at */
    RestedConnections(HostAndPort server, JedisClientConfig config, Duration rest, Duration oldAge) {
        super(server, config);
        this.server = server;
        this.config = config;
        this.rest = rest;
        this.oldAge = oldAge;
    }

    @Override
    public PooledObject<Connection> makeObject() {
        Remembering sockets = new Remembering(new DefaultJedisSocketFactory(server, config));
        return new Pooled(new Connection(sockets, config), sockets);
    }

    @Override
    public boolean validateObject(PooledObject<Connection> pooled) {
        boolean rested = pooled.getIdleDuration().compareTo(rest) >= 0;
        boolean old = pooled.getFullDuration().compareTo(oldAge) >= 0;
        return !old && pooled.getObject().isConnected() && !(rested && ((Pooled) pooled).hasEnded());
    }

    /** Of one connection. */
    private static final class Remembering implements JedisSocketFactory {
        private final JedisSocketFactory sockets;
        private volatile @Nullable Socket latest;

        Remembering(JedisSocketFactory sockets) {
            this.sockets = sockets;
        }

        @Override
        public Socket createSocket() {
            Socket created = sockets.createSocket();
            latest = created;
            return created;
        }
    }

    private static final class Pooled extends DefaultPooledObject<Connection> {
        private final Remembering sockets;

        Pooled(Connection connection, Remembering sockets) {
            super(connection);
            this.sockets = sockets;
        }

        /** No reply is due, so that anything but silence means that the connection cannot be used. */
        boolean hasEnded() {
            Socket socket = sockets.latest;
            if (socket == null) {
                return true;
            }
            try {
                int usual = socket.getSoTimeout();
                socket.setSoTimeout(1);
                try {
                    int unused = socket.getInputStream().read();
                    return true;
                } catch (SocketTimeoutException silent) {
                    return false;
                } finally {
                    socket.setSoTimeout(usual);
                }
            } catch (IOException ended) {
                return true;
            }
        }
    }
}
