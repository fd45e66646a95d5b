package dev.idem.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection on which any bytes may be sent, whether they are HTTP or not. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 15_000;

    private final Socket socket;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Nothing more will be sent. */
    RawConnection end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Sends a text piece by piece, a piece each time that so many milliseconds are over. */
    RawConnection sendSlowly(String text, int size, int everyMs) throws IOException, InterruptedException {
        for (int from = 0; from < text.length(); from += size) {
            send(text.substring(from, Math.min(from + size, text.length())));
            Thread.sleep(everyMs);
        }
        return this;
    }

    /** What comes up to and including a text. */
    String upTo(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text, read.length() - text.length()) < 0) { // what was read before does not hold it
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new AssertionError("the connection ends after: " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    /** All that comes until the other side ends the connection, to which a piece is sent again and again until it answers. */
    String untilItsEndSending(String piece, int everyMs) throws IOException {
        socket.setSoTimeout(everyMs);
        while (true) {
            try {
                int octet = socket.getInputStream().read();
                socket.setSoTimeout(PATIENCE_MS);
                return octet < 0 ? "" : (char) octet + untilItsEnd();
            } catch (SocketTimeoutException notYet) {
                send(piece);
            }
        }
    }

    /** All that comes until the other side ends the connection, by closing it or by a reset. */
    String untilItsEnd() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream from = socket.getInputStream();
            for (int octet = from.read(); octet >= 0; octet = from.read()) {
                read.write(octet);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stays open after: " + text(read), e);
        } catch (IOException reset) {
            read.writeBytes("<reset>".getBytes(StandardCharsets.ISO_8859_1));
        }
        return text(read);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
