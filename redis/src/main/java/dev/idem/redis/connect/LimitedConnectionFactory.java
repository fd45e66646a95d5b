package dev.idem.redis.connect;

import dev.idem.core.background.DaemonThreads;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes connections as an application's client makes its own, but with a time limit of our own, whatever limits that client has:
 * for connecting and logging in, and then for each read. A connection that rested is asked for a PING before it is lent, since the
 * server may have closed it meanwhile. Thread-safe.
 */
final class LimitedConnectionFactory implements PooledObjectFactory<Connection> {
    private static final Duration REST = Duration.ofMillis(100);
    private static final Duration OLD_AGE = Duration.ofMinutes(1);

    private final PooledObjectFactory<Connection> theirs;
    private final Duration limit;
    private volatile long silentAt;

    LimitedConnectionFactory(PooledObjectFactory<Connection> theirs, Duration limit) {
        this.theirs = theirs;
        this.limit = limit;
        this.silentAt = System.nanoTime() - 2 * limit.toNanos();
    }

    /** On a thread of its own: nothing ends an attempt early that waits for as long as their client allows. */
    @Override
    public PooledObject<Connection> makeObject() throws Exception {
        if (wasSilent()) {
            throw timeout("a moment ago a connection had no reply");
        }
        CompletableFuture<PooledObject<Connection>> made = new CompletableFuture<>();
        DaemonThreads.of("idempotency-redis-connect", () -> make(made)).start();
        try {
            PooledObject<Connection> connection = made.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            connection.getObject().setSoTimeout(Math.toIntExact(limit.toMillis()));
            return connection;
        } catch (InterruptedException e) {
            closeWhenMade(made);
            throw e;
        } catch (TimeoutException e) {
            closeWhenMade(made);
            silentAt = System.nanoTime();
            throw timeout("the server does not finish the login");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private static void closeWhenMade(CompletableFuture<PooledObject<Connection>> made) {
        CompletableFuture<Void> unused =
                made.thenAccept(late -> late.getObject().close());
    }

    private void make(CompletableFuture<PooledObject<Connection>> made) {
        try {
            made.complete(theirs.makeObject());
        } catch (Exception e) {
            made.completeExceptionally(e);
        }
    }

    private JedisConnectionException timeout(String why) {
        return new JedisConnectionException(
                "no connection within " + limit.toMillis() + " ms", new SocketTimeoutException(why));
    }

    /** A caller whose connections all rested must not wait for each of them in turn. */
    private boolean wasSilent() {
        return System.nanoTime() - silentAt < limit.toNanos();
    }

    @Override
    public boolean validateObject(PooledObject<Connection> pooled) {
        if (pooled.getFullDuration().compareTo(OLD_AGE) >= 0) {
            return false; // the server's name may lead elsewhere by now
        }
        if (pooled.getIdleDuration().compareTo(REST) < 0) {
            return pooled.getObject().isConnected();
        }
        return !wasSilent() && answers(pooled);
    }

    private boolean answers(PooledObject<Connection> pooled) {
        long begin = System.nanoTime();
        boolean answers = theirs.validateObject(pooled);
        if (!answers && System.nanoTime() - begin >= limit.toNanos()) {
            silentAt = System.nanoTime();
        }
        return answers;
    }

    @Override
    public void activateObject(PooledObject<Connection> pooled) throws Exception {
        theirs.activateObject(pooled);
    }

    @Override
    public void passivateObject(PooledObject<Connection> pooled) throws Exception {
        theirs.passivateObject(pooled);
    }

    @Override
    public void destroyObject(PooledObject<Connection> pooled) throws Exception {
        theirs.destroyObject(pooled);
    }
}
