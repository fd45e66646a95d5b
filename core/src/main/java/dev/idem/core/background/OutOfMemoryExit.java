package dev.idem.core.background;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process that has run out of memory. Any of its threads may have lost any step. If the process continued, it
 * might hold keys without heartbeats, or send heartbeats for requests that nobody executes. It ends at once, as if it
 * were killed; stores and other nodes handle that. Stateless.
 */
public final class OutOfMemoryExit {
    /** The same exit code as with the JVM's own {@code -XX:+ExitOnOutOfMemoryError}. */
    public static final int STATUS = 3;

    private static final int DEEPEST = 50;
    private static final byte[] OUT_OF_MEMORY =
            "This process has run out of memory and ends: its heartbeats cannot be relied on. Give it more heap (-Xmx).\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BROKEN =
            "The Java virtual machine has failed inside, and this process ends: its heartbeats cannot be relied on.\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private OutOfMemoryExit() {}

    /** Ends the process if this failure or one of its causes is fatal. Needs no memory. Returns otherwise. */
    public static void haltAfter(Throwable failure) {
        Error maiming = in(failure);
        if (maiming != null) {
            halt(maiming instanceof OutOfMemoryError ? OUT_OF_MEMORY : BROKEN);
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

    /** A stack overflow is not fatal: the stack has unwound, and no other thread is affected. */
    static boolean maims(Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    /** Without shutdown hooks, which may block. Not through System.err, which may need memory. */
    private static void halt(byte[] why) {
        try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write(why);
        } catch (IOException unheard) {
            // standard error is closed; the process ends nevertheless
        } finally {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
