package dev.idem.benchmarks.http.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/** A keep-alive connection with one request at a time. Only the generator's thread uses it. */
final class Connection implements HttpParser.ResponseHandler, AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MS = 5_000;

    private final InetSocketAddress server;
    private final Selector selector;
    private final OrderTemplate.Numbered request;
    private final HttpParser parser = new HttpParser(this);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private SelectionKey registration;
    private boolean busy;
    private long due;
    private int status;
    private boolean replayed;
    private boolean last;

    Connection(InetSocketAddress server, Selector selector, OrderTemplate template) throws IOException {
        this.server = server;
        this.selector = selector;
        this.request = template.copy();
        this.registration = open();
    }

    private SelectionKey open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(server, CONNECT_MS);
            channel.configureBlocking(false);
            return channel.register(selector, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            channel.close();
            throw new IOException("nobody answers at " + server + ": " + e.getMessage(), e);
        }
    }

    private SocketChannel channel() {
        return (SocketChannel) registration.channel();
    }

    boolean isBusy() {
        return busy;
    }

    /** When the current request was due, by {@link System#nanoTime}. */
    long due() {
        return due;
    }

    int status() {
        return status;
    }

    boolean isReplay() {
        return replayed;
    }

    void send(long number, long dueAt) throws IOException {
        busy = true;
        due = dueAt;
        replayed = false;
        last = false;
        out = request.with(number);
        write();
    }

    /** Handles what the selector has found. Returns true when a response is complete. */
    boolean proceed() throws IOException {
        if (registration.isWritable()) {
            write();
        }
        return registration.isReadable() && read();
    }

    private void write() throws IOException {
        channel().write(out);
        registration.interestOps(
                out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private boolean read() throws IOException {
        in.clear();
        if (channel().read(in) < 0) {
            throw new IOException("the server closed a connection");
        }
        in.flip();
        while (in.hasRemaining() && !parser.isComplete() && !parser.isClosed()) {
            parser.parseNext(in);
        }
        if (parser.isClosed()) {
            throw new IOException("the server's answer is not HTTP");
        }
        if (!parser.isComplete()) {
            return false;
        }
        parser.reset();
        busy = false;
        if (last) {
            reopen();
        }
        return true;
    }

    /** Opens a new connection; the current request gets no response. */
    void reopen() throws IOException {
        close();
        parser.reset();
        busy = false;
        registration = open();
    }

    @Override
    public void startResponse(HttpVersion version, int code, String reason) {
        status = code;
    }

    @Override
    public void parsedHeader(HttpField field) {
        if (field.getHeader() == HttpHeader.CONNECTION && field.contains("close")) {
            last = true;
        } else if (field.getName().equalsIgnoreCase("Idempotent-Replayed")) {
            replayed = true;
        }
    }

    @Override
    public boolean headerComplete() {
        return false;
    }

    @Override
    public boolean content(ByteBuffer part) {
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        return true;
    }

    @Override
    public void earlyEOF() {
        last = true;
    }

    @Override
    public void close() throws IOException {
        registration.cancel();
        registration.channel().close();
    }
}
