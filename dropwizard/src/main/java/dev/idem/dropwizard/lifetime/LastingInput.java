package dev.idem.dropwizard.lifetime;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A request's body as the server has it. Once the server has ended the request, a reader is told so: an end of the body would look like all of it. */
public final class LastingInput extends ServletInputStream {
    private final ServletInputStream server;
    private final Lifetime lifetime;

    LastingInput(ServletInputStream server, Lifetime lifetime) {
        this.server = server;
        this.lifetime = lifetime;
    }

    /** The server's own, only for use while it serves the request. */
    public ServletInputStream server() {
        return server;
    }

    private ServletInputStream present() throws IOException {
        lifetime.require();
        return server;
    }

    private int counted(int count) throws IOException {
        lifetime.require(); // it may have ended meanwhile
        return count;
    }

    @Override
    public int read() throws IOException {
        return counted(present().read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return counted(present().read(bytes, offset, length));
    }

    @Override
    public int available() throws IOException {
        return present().available();
    }

    @Override
    public void close() throws IOException {
        if (!lifetime.isOver()) {
            server.close();
        }
    }

    @Override
    public boolean isFinished() {
        return !lifetime.isOver() && server.isFinished();
    }

    /** Its reader need not wait to be told of the end. */
    @Override
    public boolean isReady() {
        return lifetime.isOver() || server.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        server.setReadListener(listener);
    }
}
