package dev.idem.gateway.exchange;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Hands an upstream's answer to the client as it comes, and no faster than the client takes it. Belongs to one exchange. */
final class ClientStream {
    private final ClientExchange client;
    private final Consumer<Throwable> unwritten;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile boolean writing;

    /** @param unwritten is told, once, if nothing has been written and nothing can be: the client is still to be answered */
    ClientStream(ClientExchange client, Consumer<Throwable> unwritten) {
        this.client = client;
        this.unwritten = unwritten;
    }

    /** Whether nothing more can be written: the client has hung up, or the answer cannot be written as it is. */
    boolean isGone() {
        return gone.get();
    }

    /** Whether it is the client that is waited for, and not the upstream. */
    boolean isWriting() {
        return writing;
    }

    /** Whether an answer's head is settled: it is being written or has been, and the client can be given no other. */
    boolean hasBegun() {
        return client.response().isCommitted();
    }

    /** @param next asks for more, or learns from {@link #isGone} that nobody wants it; blocks nobody */
    void write(ByteBuffer bytes, Runnable next) {
        if (gone.get()) {
            next.run();
            return;
        }
        writing = true;
        Runnable written = () -> {
            writing = false;
            next.run();
        };
        client.response().write(false, bytes, Callback.from(InvocationType.NON_BLOCKING, written, failure -> {
            gone(failure);
            written.run();
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
        if (gone.get()) {
            return;
        }
        if (!hasBegun() && hasALengthOfItsOwn()) {
            write(BufferUtil.EMPTY_BUFFER, this::end);
            return;
        }
        Callback ended = hasBegun() ? client.callback() : Callback.from(client.callback()::succeeded, this::gone);
        client.response().write(true, BufferUtil.EMPTY_BUFFER, ended);
    }

    /** Of these the length is another's; Jetty would give them one of zero if they began and ended at once. */
    private boolean hasALengthOfItsOwn() {
        return client.response().getStatus() == HttpStatus.NOT_MODIFIED_304
                || HttpMethod.HEAD.is(client.request().getMethod());
    }

    /** The client is shown that the answer is not whole: its connection is closed. */
    void breakOff(Throwable failure) {
        if (gone.compareAndSet(false, true)) { // once: it fails what is still being written, too
            client.callback().failed(failure);
        }
    }

    private void gone(Throwable failure) {
        if (!gone.compareAndSet(false, true)) {
            return;
        }
        if (hasBegun()) {
            client.callback().failed(failure);
        } else {
            unwritten.accept(failure);
        }
    }
}
