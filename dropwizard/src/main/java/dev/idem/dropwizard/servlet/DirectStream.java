package dev.idem.dropwizard.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.OutputStream;

/** A body that a method writes itself. */
final class DirectStream extends ServletOutputStream {
    private final DirectResponse response;
    private final OutputStream buffer;

    DirectStream(DirectResponse response, OutputStream buffer) {
        this.response = response;
        this.buffer = buffer;
    }

    @Override
    public void write(int octet) throws IOException {
        target().write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        OutputStream target = target();
        response.commit();
        target.flush();
    }

    /** Nowhere, if the client has had another answer. */
    private OutputStream target() {
        if (response.isLeft()) {
            response.lose();
            return OutputStream.nullOutputStream();
        }
        return buffer;
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** A buffer takes everything. */
    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            listener.onWritePossible();
        } catch (IOException e) {
            listener.onError(e);
        }
    }
}
