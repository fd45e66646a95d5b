package dev.idem.redis.connect;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A command that waits to be sent and then for its reply. The thread that creates it is its owner; the same or another thread
 * sends it. It ends once. Methods say which of the two threads may call them.
 */
final class PendingCommand<T> {
    private enum State {
        WAITING,
        TAKEN,
        ENDED
    }

    private final CommandObject<T> command;
    private final Thread owner = Thread.currentThread();
    private volatile State state = State.WAITING;
    // Written before the volatile state becomes ENDED, and read after.
    private @Nullable Object reply;
    private @Nullable JedisException failure;

    PendingCommand(CommandObject<T> command) {
        this.command = command;
    }

    /** The approximate size, in bytes. */
    long bytes() {
        long bytes = 0;
        for (Rawable argument : command.getArguments()) {
            bytes += argument.getRaw().length;
        }
        return bytes;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    /** For the owner: waits until the state may have changed. While the command is not sent, waits at most {@code nanos}. */
    void await(long nanos) {
        if (isWaiting()) {
            LockSupport.parkNanos(this, Math.max(1, nanos));
        } else {
            LockSupport.park(this);
        }
    }

    void wake() {
        LockSupport.unpark(owner);
    }

    /** For the sender, which must end the command after this. */
    void take() {
        state = State.TAKEN;
    }

    CommandArguments arguments() {
        return command.getArguments();
    }

    void answer(@Nullable Object given) {
        reply = given;
        end();
    }

    void fail(JedisException cause) {
        failure = cause;
        end();
    }

    private void end() {
        state = State.ENDED;
        if (owner != Thread.currentThread()) {
            wake();
        }
    }

    /** For the owner, after the command has ended. */
    T result() {
        if (failure != null) {
            throw failure;
        }
        return command.getBuilder().build(reply);
    }
}
