package dev.idem.dropwizard.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One reader's place in a {@link BodyRecording}. Closing it changes nothing, since others may read the body too. */
final class RecordedStream extends ServletInputStream {
    private final KeptBytes kept;
    private @Nullable AsyncContext container;
    private int position;
    private int mark;
    private int rewinds;

    RecordedStream(KeptBytes kept) {
        this.kept = kept;
    }

    void rewind() {
        position = 0;
        mark = 0;
        rewinds++;
    }

    /** How often it began anew: what was buffered of it before is not valid any more. */
    int rewinds() {
        return rewinds;
    }

    int position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = kept.read(position, bytes, offset, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int available() throws IOException {
        return kept.available(position);
    }

    /** Supported, because Jersey would otherwise replace a stream into which it has looked. */
    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int most) {
        mark = position;
        kept.mark(position, most);
    }

    @Override
    public void reset() throws IOException {
        kept.reset();
        position = mark;
    }

    @Override
    public boolean isFinished() {
        return kept.isFinished(position);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** @param asynchronous of the request, if it is one */
    void runOn(@Nullable AsyncContext asynchronous) {
        this.container = asynchronous;
    }

    /** @throws IllegalStateException if the request is not asynchronous */
    @Override
    public void setReadListener(ReadListener listener) {
        AsyncContext asynchronous = container;
        if (asynchronous == null) {
            throw new IllegalStateException("a read listener is for asynchronous requests");
        }
        asynchronous.start(() -> {
            try {
                listener.onDataAvailable();
                listener.onAllDataRead();
            } catch (IOException e) {
                listener.onError(e);
            }
        });
    }

    @Override
    public void close() {
        // Others may read on.
    }
}
