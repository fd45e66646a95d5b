package dev.idem.service.gateway.exchange;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Hands an upstream's answer to the client as it comes, and no faster than the client takes it. Belongs to one exchange. */
final class ClientStream {
    private final Client client;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile boolean writing;

    ClientStream(Client client) {
        this.client = client;
    }

    /** Whether the client has hung up. */
    boolean isGone() {
        return gone.get();
    }

    /** Whether it is the client that is waited for, to take what has come. */
    boolean isAwaited() {
        return writing;
    }

    /** @param next asks for more, or learns from {@link #isGone} that nobody wants it; blocks nobody */
    void write(ByteBuffer bytes, Runnable next) {
        writing = true;
        client.response()
                .write(
                        false,
                        bytes,
                        Callback.from(
                                InvocationType.NON_BLOCKING,
                                () -> {
                                    writing = false;
                                    next.run();
                                },
                                failure -> {
                                    gone(failure);
                                    next.run();
                                }));
    }

    /** The same with a chunk, which is kept until it has been written. */
    void write(Content.Chunk chunk, Runnable next) {
        chunk.retain();
        write(chunk.getByteBuffer(), () -> {
            chunk.release();
            next.run();
        });
    }

    void end() {
        if (!gone.get()) {
            client.response().write(true, BufferUtil.EMPTY_BUFFER, client.callback());
        }
    }

    /** The client is shown that the answer is not whole: its connection is closed. */
    void breakOff(Throwable failure) {
        gone(failure);
    }

    /** Once: it fails what is still being written, too. */
    private void gone(Throwable failure) {
        if (gone.compareAndSet(false, true)) {
            client.callback().failed(failure);
        }
    }
}
