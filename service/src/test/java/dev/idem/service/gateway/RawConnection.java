package dev.idem.service.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
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

    /** All that comes until the other side ends the connection, by closing it or by a reset. */
    String untilItsEnd() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream from = socket.getInputStream();
            for (int octet = from.read(); octet >= 0; octet = from.read()) {
                read.write(octet);
            }
        } catch (java.net.SocketTimeoutException e) {
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
