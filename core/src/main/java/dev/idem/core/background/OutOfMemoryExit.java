package dev.idem.core.background;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A process that has run out of memory. Any of its threads may have lost any step, and nobody knows which; if it lives on, it may hold
 * keys without heartbeats, or send heartbeats for requests that nobody executes. It is ended at once, as if it were killed: that is what
 * stores and other nodes are prepared for. Stateless.
 */
public final class OutOfMemoryExit {
    /** As the JVM's own {@code -XX:+ExitOnOutOfMemoryError} has it. */
    public static final int STATUS = 3;

    private static final int DEEPEST = 50;
    private static final byte[] OUT_OF_MEMORY =
            "This process has run out of memory and ends: its heartbeats cannot be relied on. Give it more heap (-Xmx).\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BROKEN =
            "The Java virtual machine has failed inside, and this process ends: its heartbeats cannot be relied on.\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private OutOfMemoryExit() {}

    /** Ends the process if this failure, or what has caused it, maims it. Needs no memory. Returns otherwise. */
    public static void haltAfter(Throwable failure) {
        Error maiming = in(failure);
        if (maiming != null) {
            halt(maiming instanceof OutOfMemoryError ? OUT_OF_MEMORY : BROKEN);
        }
    }

    /**
     * Throws what maims the process, if it is that which a library has wrapped into a failure of something else. Whoever has
     * heartbeats halts then; a tool ends as it does after any error.
     */
    public static void throwIfIn(Throwable failure) {
        Error maiming = in(failure);
        if (maiming != null) {
            throw maiming;
        }
    }

    private static @Nullable Error in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (maims(cause)) {
                return (Error) cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** A stack that was too deep has been taken down again, and no other thread has noticed. */
    static boolean maims(Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    /** Without hooks, which may wait for what never comes; and not through System.err, which may need memory. */
    private static void halt(byte[] why) {
        try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write(why);
        } catch (IOException unheard) {
            // nobody listens; it ends all the same
        } finally {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
