package dev.idem.redis.connect;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.executors.DefaultCommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * Sends the scripts of all threads over few connections. A thread that finds a free connection sends all waiting commands in one
 * packet, reads the replies, and wakes the other threads. (Hendler, Incze, Shavit and Tzafrir, Flat Combining, SPAA 2010.) Any
 * other command uses a connection alone, because it may block or take long. Thread-safe.
 */
final class PipeliningExecutor implements CommandExecutor {
    /** Few enough to fill batches, and enough to send one batch while others wait for replies. */
    static final int CONNECTIONS = 4;

    private static final int MOST_COMMANDS = 64;
    /** A batch of this size takes no more commands: socket buffers must hold what is written to a server that hangs. */
    private static final long MANY_BYTES = 64 << 10;

    private final ConnectionProvider connections;
    private final DefaultCommandExecutor alone;
    private final Duration patience;
    private final Semaphore free;
    private final Queue<PendingCommand<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicLong replies = new AtomicLong();

    /**
     * @param connections closed together with this executor
     * @param most how many connections carry scripts at most
     * @param patience how long a script waits to be sent; the connections' own timeout limits the wait for replies
     */
    PipeliningExecutor(ConnectionProvider connections, int most, Duration patience) {
        this.connections = connections;
        this.alone = new DefaultCommandExecutor(connections);
        this.patience = patience;
        this.free = new Semaphore(most);
    }

    @Override
    public <T> T executeCommand(CommandObject<T> command) {
        ProtocolCommand name = command.getArguments().getCommand();
        return name == Command.EVALSHA || name == Command.EVAL ? together(command) : alone.executeCommand(command);
    }

    private <T> T together(CommandObject<T> command) {
        PendingCommand<T> own = new PendingCommand<>(command);
        waiting.add(own);
        long begun = System.nanoTime();
        long repliesBefore = replies.get();
        boolean interrupted = false;
        while (!own.hasEnded()) {
            long left = patience.toNanos() - (System.nanoTime() - begun);
            if (own.isWaiting() && free.tryAcquire()) {
                sendWaiting();
            } else if (left <= 0 && own.isWaiting() && waiting.remove(own)) {
                wakeNext();
                own.fail(notSent(repliesBefore));
            } else {
                own.await(left);
            }
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return own.result();
    }

    /** If others have been sent meanwhile and none had a reply, it is the server that keeps this one waiting. */
    private JedisException notSent(long repliesBefore) {
        String why = "no connection was free within " + patience.toMillis() + " ms";
        return exchanges.get() > 0 && replies.get() == repliesBefore
                ? new JedisConnectionException(why, new SocketTimeoutException("no reply on any connection"))
                : new NoFreeConnectionException(why);
    }

    private void sendWaiting() {
        List<PendingCommand<?>> batch = new ArrayList<>();
        try {
            take(batch);
            if (!batch.isEmpty()) {
                send(batch);
            }
        } finally {
            fail(batch, "the thread that sent this command failed", null);
            free.release();
            wakeNext();
        }
    }

    private void take(List<PendingCommand<?>> batch) {
        long bytes = 0;
        while (batch.size() < MOST_COMMANDS && bytes < MANY_BYTES) {
            PendingCommand<?> next = waiting.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
            next.take();
            bytes += next.bytes();
        }
    }

    /** Wakes a thread that came while all connections were busy. Call it after releasing a connection. */
    private void wakeNext() {
        PendingCommand<?> next = waiting.peek();
        if (next != null) {
            next.wake();
        }
    }

    private void send(List<PendingCommand<?>> batch) {
        try (Connection connection = connections.getConnection()) {
            exchanges.incrementAndGet();
            try {
                exchange(connection, batch);
            } finally {
                exchanges.decrementAndGet();
            }
        } catch (RuntimeException e) {
            fail(batch, "no reply: " + e.getMessage(), e);
        }
    }

    /** Fails all commands that have had no reply, so that no thread waits without limit. */
    private static void fail(List<PendingCommand<?>> batch, String message, @Nullable RuntimeException cause) {
        for (PendingCommand<?> each : batch) {
            if (!each.hasEnded()) {
                each.fail(new JedisConnectionException(message, cause));
            }
        }
    }

    private void exchange(Connection connection, List<PendingCommand<?>> batch) {
        boolean inStep = false;
        try {
            for (PendingCommand<?> each : batch) {
                connection.sendCommand(each.arguments());
            }
            for (PendingCommand<?> each : batch) {
                receive(connection, each);
            }
            inStep = true;
        } finally {
            if (!inStep) {
                // Late replies on this connection would be taken for replies to other commands.
                connection.setBroken();
            }
        }
    }

    private void receive(Connection connection, PendingCommand<?> command) {
        try {
            command.answer(connection.getOne());
            replies.incrementAndGet();
        } catch (JedisDataException itsOwn) {
            command.fail(itsOwn);
        }
    }

    @Override
    public void close() {
        alone.close();
    }
}
