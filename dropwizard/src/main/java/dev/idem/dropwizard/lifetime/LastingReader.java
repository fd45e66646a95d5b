package dev.idem.dropwizard.lifetime;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** As {@link LastingInput}, for text. */
final class LastingReader extends FilterReader {
    private final Lifetime lifetime;

    LastingReader(Reader server, Lifetime lifetime) {
        super(server);
        this.lifetime = lifetime;
    }

    private int counted(int count) throws IOException {
        lifetime.require(); // it may have ended meanwhile
        return count;
    }

    @Override
    public int read() throws IOException {
        lifetime.require();
        return counted(super.read());
    }

    @Override
    public int read(char[] text, int offset, int length) throws IOException {
        lifetime.require();
        return counted(super.read(text, offset, length));
    }

    @Override
    public boolean ready() throws IOException {
        lifetime.require();
        return super.ready();
    }

    @Override
    public void close() throws IOException {
        if (!lifetime.isOver()) {
            super.close();
        }
    }
}
