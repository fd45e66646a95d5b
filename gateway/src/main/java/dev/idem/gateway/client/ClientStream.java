package dev.idem.gateway.client;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Streams an upstream's response to the client, no faster than the client reads. Belongs to one exchange. */
public final class ClientStream {
    private final ClientExchange client;
    private final Consumer<Throwable> unwritten;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile boolean writing;

    /**
     * @param unwritten called once if nothing has been written and nothing can be: the client still needs a response
     */
    public ClientStream(ClientExchange client, Consumer<Throwable> unwritten) {
        this.client = client;
        this.unwritten = unwritten;
    }

    /** Whether nothing more can be written: the client has closed the connection, or the response cannot be written. */
    public boolean isGone() {
        return gone.get();
    }

    /** Whether the exchange is waiting for the client, and not for the upstream. */
    public boolean isWriting() {
        return writing;
    }

    /** Whether the response is committed, so that the client can get no other. */
    public boolean hasBegun() {
        return client.response().isCommitted();
    }

    /** @param next demands more, or finds out from {@link #isGone} that the client has gone; never blocks */
    public void write(ByteBuffer bytes, Runnable next) {
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

    /** The same with a chunk, which is retained until it has been written. */
    public void write(Content.Chunk chunk, Runnable next) {
        chunk.retain();
        write(chunk.getByteBuffer(), () -> {
            chunk.release();
            next.run();
        });
    }

    public void end() {
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

    /**
     * For these the length describes another response. Jetty would send a length of zero if the response began and
     * ended at once.
     */
    private boolean hasALengthOfItsOwn() {
        return client.response().getStatus() == HttpStatus.NOT_MODIFIED_304
                || HttpMethod.HEAD.is(client.request().getMethod());
    }

    /** Closes the client's connection, so that the client sees that the response is incomplete. */
    public void breakOff(Throwable failure) {
        if (gone.compareAndSet(false, true)) { // once only: it also fails the write in progress
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
