package dev.idem.redis.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
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
 * Sends the scripts of all threads over few connections: who finds one free sends what waits, in one packet, reads the replies, and wakes
 * the others, who sleep meanwhile. (Hendler, Incze, Shavit and Tzafrir, Flat Combining, SPAA 2010.) Any other command has a connection to
 * itself, since it may block or take long. Thread-safe.
 */
final class PipeliningExecutor implements CommandExecutor {
    /** Few enough for commands to meet, and enough to be sending while others wait for replies. */
    static final int CONNECTIONS = 4;

    private static final int MOST_COMMANDS = 64;
    /** A packet with so much takes no more: what is written to a server that hangs must find room on the way. */
    private static final long MANY_BYTES = 64 << 10;

    private final ConnectionProvider connections;
    private final DefaultCommandExecutor alone;
    private final Duration patience;
    private final Semaphore free;
    private final Queue<PendingCommand<?>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param connections closed with this
     * @param most so many of them carry scripts
     * @param patience how long a script waits to be sent; how long replies may take is the connections' matter
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
        boolean interrupted = false;
        while (!own.hasEnded()) {
            long left = patience.toNanos() - (System.nanoTime() - begun);
            if (own.isWaiting() && free.tryAcquire()) {
                sendWaiting();
            } else if (left <= 0 && own.isWaiting() && waiting.remove(own)) {
                wakeNext();
                own.fail(new JedisException("no connection was free within " + patience.toMillis() + " ms"));
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

    private void sendWaiting() {
        List<PendingCommand<?>> batch = new ArrayList<>();
        try {
            take(batch);
            if (!batch.isEmpty()) {
                send(batch);
            }
        } finally {
            fail(batch, "whoever sent this has failed", null);
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

    /** Who came while all connections were busy: whoever sets one free must look for it after that. */
    private void wakeNext() {
        PendingCommand<?> next = waiting.peek();
        if (next != null) {
            next.wake();
        }
    }

    private void send(List<PendingCommand<?>> batch) {
        try (Connection connection = connections.getConnection()) {
            exchange(connection, batch);
        } catch (RuntimeException e) {
            fail(batch, "no reply: " + e.getMessage(), e);
        }
    }

    /** All that have had no reply: nobody may wait for ever. */
    private static void fail(List<PendingCommand<?>> batch, String message, @Nullable RuntimeException cause) {
        for (PendingCommand<?> each : batch) {
            if (!each.hasEnded()) {
                each.fail(new JedisConnectionException(message, cause));
            }
        }
    }

    private static void exchange(Connection connection, List<PendingCommand<?>> batch) {
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
                // What it may still receive would be taken for replies to others.
                connection.setBroken();
            }
        }
    }

    private static void receive(Connection connection, PendingCommand<?> command) {
        try {
            command.answer(connection.getOne());
        } catch (JedisDataException itsOwn) {
            command.fail(itsOwn);
        }
    }

    @Override
    public void close() {
        alone.close();
    }
}
