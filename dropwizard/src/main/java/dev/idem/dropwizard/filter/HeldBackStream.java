package dev.idem.dropwizard.filter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Keeps what is written until it is asked for, up to a limit. When more is written all of it flows to the client, after a
 * callback has been given the chance to put down that nothing is kept. Not thread-safe.
 */
final class HeldBackStream extends OutputStream {
    private final OutputStream client;
    private final long limit;
    private final Runnable beforeOverflow;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean overflown;

    HeldBackStream(OutputStream client, long limit, Runnable beforeOverflow) {
        this.client = client;
        this.limit = limit;
        this.beforeOverflow = beforeOverflow;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!overflown && held.size() + (long) length > limit) {
            overflown = true;
            beforeOverflow.run();
            held.writeTo(client);
        }
        if (overflown) {
            client.write(bytes, offset, length);
        } else {
            held.write(bytes, offset, length);
        }
    }

    /** Nothing is flushed while it is held back: it would be sent before it is stored. */
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

    boolean hasOverflown() {
        return overflown;
    }

    byte[] bytes() {
        return held.toByteArray();
    }
}
