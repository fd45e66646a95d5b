package dev.idem.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that misbehaves: it reads a request, and then does with the connection what a test wants. */
final class RawUpstream implements AutoCloseable {
    /** What is done with a connection on which a request has come. */
    interface Behaviour {
        void answer(String request, Socket connection) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger effects = new AtomicInteger();
    private volatile Behaviour behaviour;

    RawUpstream(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        Thread accepting = new Thread(this::accept, "raw-upstream");
        accepting.setDaemon(true);
        accepting.start();
    }

    static Behaviour saying(String bytes) {
        return (request, connection) -> {
            connection.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            connection.close();
        };
    }

    /** The connection is reset, as by a process that is killed. */
    static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    void will(Behaviour next) {
        behaviour = next;
    }

    void takeEffect() {
        effects.incrementAndGet();
    }

    int effects() {
        return effects.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                Thread serving = new Thread(() -> serve(connection), "raw-upstream-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try {
            while (!connection.isClosed()) {
                String request = read(connection.getInputStream());
                if (request.isEmpty()) {
                    connection.close();
                    return;
                }
                behaviour.answer(request, connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Head and body of one request, the latter without its chunks; empty at the end of the connection. */
    private static String read(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            request.append((char) octet);
        }
        String head = request.toString().toLowerCase(Locale.ROOT);
        int at = head.indexOf("\r\ncontent-length:");
        if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
            for (int size = size(in); size > 0; size = size(in)) {
                request.append(new String(in.readNBytes(size), ISO_8859_1));
                line(in);
            }
            line(in);
        } else if (at >= 0) {
            int length = Integer.parseInt(
                    head.substring(at + 17, head.indexOf("\r\n", at + 2)).strip());
            request.append(new String(in.readNBytes(length), ISO_8859_1));
        }
        return request.toString();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection has ended within a body");
            }
            line.append((char) octet);
        }
        return line.toString().strip();
    }
}
