package dev.idem.dropwizard.grown;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of HTTP/1.1, on which requests follow one another. */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final Socket socket;

    KeptConnection(String url) throws IOException {
        URI server = URI.create(url);
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MS);
    }

    /** The whole response, which must have a length. */
    String post(String path, String user, String key) {
        try {
            String head =
                    "POST " + path + " HTTP/1.1\r\nHost: grown.example\r\nX-User: " + user + "\r\nIdempotency-Key: "
                            + key + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return response(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String response(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            bytes.write(in.read());
        }
        Matcher length = LENGTH.matcher(bytes.toString(StandardCharsets.US_ASCII));
        bytes.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
