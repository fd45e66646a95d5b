package dev.idem.dropwizard.lifetime;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/** A response's text as the server takes it. Once the server has ended the request, nothing is written, and {@code checkError} is true. */
final class LastingWriter extends PrintWriter {
    private final PrintWriter server;
    private final Lifetime lifetime;

    LastingWriter(PrintWriter server, Lifetime lifetime) {
        super(new ToServer(server, lifetime));
        this.server = server;
        this.lifetime = lifetime;
    }

    boolean isTo(PrintWriter other) {
        return server == other;
    }

    /** The server knows the response's locale. */
    @Override
    public PrintWriter format(String format, Object... values) {
        if (lifetime.isOver()) {
            setError();
        } else {
            server.format(format, values);
        }
        return this;
    }

    @Override
    public PrintWriter format(Locale locale, String format, Object... values) {
        if (lifetime.isOver()) {
            setError();
        } else {
            server.format(locale, format, values);
        }
        return this;
    }

    /** Whether it is open is the server's business, which opens one again. */
    @Override
    public void close() {
        if (!lifetime.isOver()) {
            server.close();
        }
    }

    private static final class ToServer extends Writer {
        private final PrintWriter server;
        private final Lifetime lifetime;

        ToServer(PrintWriter server, Lifetime lifetime) {
            this.server = server;
            this.lifetime = lifetime;
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            lifetime.require();
            server.write(text, offset, length);
        }

        @Override
        public void flush() throws IOException {
            lifetime.require();
            if (server.checkError()) { // which flushes
                throw new IOException("the server could not write");
            }
        }

        @Override
        public void close() {
            // the writer around it does that
        }
    }
}
