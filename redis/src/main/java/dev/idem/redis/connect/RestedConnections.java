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
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Makes a pool's connections to one server. A connection that rested is looked at before it is lent: the server may have closed it
 * meanwhile ({@code timeout}, {@code CLIENT KILL}, a balancer). A script on it would have no reply, and end the generation for all
 * nodes. Looking costs a millisecond and no round trip. A connection is replaced when it is old, since the server's name may lead
 * elsewhere by now, and at once when there is a sign that it does ({@link ServerChanges}). Thread-safe.
 */
final class RestedConnections extends ConnectionFactory {
    private static final Duration REST = Duration.ofMillis(100);
    private static final Duration OLD_AGE = Duration.ofMinutes(1);

    private final HostAndPort server;
    private final JedisClientConfig config;
    private final Duration rest;
    private final Duration oldAge;
    private final ServerChanges changes;

    /** With the usual limits. */
    RestedConnections(HostAndPort server, JedisClientConfig config, ServerChanges changes) {
        this(server, config, changes, REST, OLD_AGE);
    }

    /** @param rest a connection that was used more recently is not looked at */
    RestedConnections(
            HostAndPort server, JedisClientConfig config, ServerChanges changes, Duration rest, Duration oldAge) {
        super(server, config);
        this.server = server;
        this.config = config;
        this.changes = changes;
        this.rest = rest;
        this.oldAge = oldAge;
    }

    @Override
    public PooledObject<Connection> makeObject() {
        Remembering sockets = new Remembering(new DefaultJedisSocketFactory(server, config));
        int signs = changes.signs(); // before the name is looked up
        return new Pooled(new Listening(sockets, config, changes, signs), sockets, signs);
    }

    @Override
    public boolean validateObject(PooledObject<Connection> pooled) {
        boolean rested = pooled.getIdleDuration().compareTo(rest) >= 0;
        boolean old = pooled.getFullDuration().compareTo(oldAge) >= 0;
        // A pool that has just made a connection does not make another one, but fails.
        boolean isNew = pooled.getBorrowedCount() <= 1 && !rested;
        boolean current = isNew || ((Pooled) pooled).signs == changes.signs();
        return current && !old && pooled.getObject().isConnected() && !(rested && ((Pooled) pooled).hasEnded());
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

    /** Shows each error reply to the changes. */
    private static final class Listening extends Connection {
        private final @Nullable ServerChanges changes;
        private final int signs;

        Listening(JedisSocketFactory sockets, JedisClientConfig config, ServerChanges changes, int signs) {
            super(sockets, config);
            this.changes = changes;
            this.signs = signs;
        }

        @Override
        protected Object readProtocolWithCheckingBroken() {
            try {
                return super.readProtocolWithCheckingBroken();
            } catch (JedisDataException reply) {
                if (changes != null) { // not yet while the superclass's constructor logs in
                    changes.consider(reply, signs);
                }
                throw reply;
            }
        }
    }

    private static final class Pooled extends DefaultPooledObject<Connection> {
        private final Remembering sockets;
        private final int signs;

        Pooled(Connection connection, Remembering sockets, int signs) {
            super(connection);
            this.sockets = sockets;
            this.signs = signs;
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
