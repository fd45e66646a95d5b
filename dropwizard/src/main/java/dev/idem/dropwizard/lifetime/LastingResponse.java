package dev.idem.dropwizard.lifetime;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A servlet response that never reaches another request's client: once the server has ended its request, nobody gets it. */
final class LastingResponse extends HttpServletResponseWrapper {
    private final Lifetime lifetime;
    private @Nullable LastingWriter writer;

    LastingResponse(HttpServletResponse server, Lifetime lifetime) {
        super(server);
        this.lifetime = lifetime;
    }

    void end() {
        setResponse(lifetime.unheard());
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Stream(super.getOutputStream());
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter server = super.getWriter();
        LastingWriter open = writer;
        if (open == null || !open.isTo(server)) {
            open = new LastingWriter(server, lifetime);
            writer = open;
        }
        return open;
    }

    /** Its writer learns of a client that has gone, as it does from the server. */
    private final class Stream extends ServletOutputStream {
        private final ServletOutputStream server;

        Stream(ServletOutputStream server) {
            this.server = server;
        }

        private ServletOutputStream server() throws IOException {
            lifetime.require();
            return server;
        }

        @Override
        public void write(int octet) throws IOException {
            server().write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            server().write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            server().flush();
        }

        @Override
        public void close() throws IOException {
            if (!lifetime.isOver()) {
                server.close();
            }
        }

        @Override
        public boolean isReady() {
            return !lifetime.isOver() && server.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            server.setWriteListener(listener);
        }
    }
}
