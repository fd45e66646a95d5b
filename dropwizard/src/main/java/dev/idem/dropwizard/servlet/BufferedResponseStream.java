package dev.idem.dropwizard.servlet;

import dev.idem.http.memory.ByteAccumulator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Buffers a response body up to a limit. When more is written, a callback completes the request without an answer, and the
 * body streams to the client. If the callback returns another body, that is sent and what is written is discarded. Not
 * thread-safe.
 */
public final class BufferedResponseStream extends OutputStream {
    private final OutputStream client;
    private final long limit;
    private final Supplier<Optional<byte[]>> beforeOverflow;
    private final Runnable afterOverflow;
    private final ByteAccumulator held = new ByteAccumulator();
    private boolean overflown;
    private boolean replaced;

    /** @param afterOverflow called when nothing is buffered any more */
    public BufferedResponseStream(
            OutputStream client, long limit, Supplier<Optional<byte[]>> beforeOverflow, Runnable afterOverflow) {
        this.client = client;
        this.limit = limit;
        this.beforeOverflow = beforeOverflow;
        this.afterOverflow = afterOverflow;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!overflown && held.size() + (long) length > limit) {
            overflow();
            overflown = true;
        }
        if (replaced) {
            return;
        }
        if (overflown) {
            client.write(bytes, offset, length);
        } else {
            held.add(bytes, offset, length);
        }
    }

    private void overflow() throws IOException {
        Optional<byte[]> other = beforeOverflow.get();
        if (other.isPresent()) {
            replaced = true;
            client.write(other.get());
        } else {
            held.writeTo(client);
        }
        held.clear();
        afterOverflow.run();
    }

    /** Flushes nothing that is buffered: it must be stored before it is sent. */
    @Override
    public void flush() throws IOException {
        if (overflown) {
            client.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (overflown) {
            client.close();
        }
    }

    /** Whether the body was longer than the limit. */
    public boolean hasOverflown() {
        return overflown;
    }

    /** What is buffered: all of the body, or nothing of one that was too long. */
    public byte[] bytes() {
        return held.toByteArray();
    }
}
