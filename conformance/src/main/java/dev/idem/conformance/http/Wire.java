package dev.idem.conformance.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One connection on which every byte is the caller's: for requests that well-behaved clients cannot send. */
public final class Wire implements Closeable {
    private static final int CONNECT_MS = 10_000;
    private static final String END = "\r\n";

    private final Socket socket;
    private final URI base;
    private final Consumer<String> onSent;

    /**
     * Connects.
     *
     * @param patience how long an answer is waited for
     * @param onSent is told what is sent, as people can read it
     * @throws IOException if nobody answers there
     */
    public Wire(Client client, Duration patience, Consumer<String> onSent) throws IOException {
        this.base = client.base();
        this.onSent = onSent;
        boolean secure = "https".equals(base.getScheme());
        int port = base.getPort() > 0 ? base.getPort() : secure ? 443 : 80;
        socket = client.sockets().createSocket();
        socket.connect(new InetSocketAddress(InetAddress.getAllByName(base.getHost())[0], port), CONNECT_MS);
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        socket.setTcpNoDelay(true);
    }

    /** Sends a request whole, its header values as Latin-1 whatever is in them. */
    public Wire send(Request request) throws IOException {
        return send(head(request, "HTTP/1.1")).send(request.body());
    }

    /** The request line and the headers up to the empty line, with the body's length. */
    public String head(Request request, String version) {
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(base.getRawPath())
                .append(request.target())
                .append(' ')
                .append(version)
                .append(END)
                .append("Host: ")
                .append(base.getRawAuthority())
                .append(END);
        request.headers().forEach(header -> head.append(header).append(END));
        return head.append("Content-Length: ")
                .append(request.body().length)
                .append(END)
                .append(END)
                .toString();
    }

    /** Sends Latin-1. */
    public Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Wire send(byte[] bytes) throws IOException {
        onSent.accept(Shown.body(bytes));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads the next answer, the interim ones (1xx) included. */
    public Answer answer() throws IOException {
        InputStream from = socket.getInputStream();
        String statusLine = line(from);
        int status = Integer.parseInt(
                statusLine.substring(statusLine.indexOf(' ') + 1).substring(0, 3));
        List<Header> headers = new ArrayList<>();
        for (String line = line(from); !line.isEmpty(); line = line(from)) {
            headers.add(Header.parse(line));
        }
        Answer head = new Answer(status, headers, new byte[0]);
        return new Answer(status, headers, body(from, head));
    }

    private static byte[] body(InputStream from, Answer head) throws IOException {
        if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if (head.header("Transfer-Encoding").isPresent()) {
            return chunks(from);
        }
        return head.header("Content-Length").isPresent()
                ? from.readNBytes(Integer.parseInt(head.header("Content-Length").get()))
                : from.readAllBytes();
    }

    private static byte[] chunks(InputStream from) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(from), 16); size > 0; size = Integer.parseInt(line(from), 16)) {
            body.write(from.readNBytes(size));
            line(from);
        }
        line(from);
        return body.toByteArray();
    }

    private static String line(InputStream from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = from.read(); c != '\n'; c = from.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
