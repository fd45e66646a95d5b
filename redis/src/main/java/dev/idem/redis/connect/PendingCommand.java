package dev.idem.redis.connect;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisException;

/** A command of the thread that made this, which one thread sends, perhaps another one, and which ends once. */
final class PendingCommand<T> {
    private enum State {
        WAITING,
        TAKEN,
        ENDED
    }

    private final CommandObject<T> command;
    private final Thread owner = Thread.currentThread();
    private volatile State state = State.WAITING;
    // Written before the state says so, and read after.
    private @Nullable Object reply;
    private @Nullable JedisException failure;

    PendingCommand(CommandObject<T> command) {
        this.command = command;
    }

    /** How much there is to send, about. */
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

    /** The owner's: waits until this may have changed, while it waits to be sent no longer than so many nanoseconds. */
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

    /** The sender's: from now on it is the one that ends it. */
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

    /** The owner's, once this has ended. */
    T result() {
        if (failure != null) {
            throw failure;
        }
        return command.getBuilder().build(reply);
    }
}
