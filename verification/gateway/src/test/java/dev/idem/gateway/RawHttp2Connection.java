package dev.idem.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;

/** A connection of HTTP/2 on which any frames may be sent (RFC 9113, section 4.1), whether a client library would or not. */
final class RawHttp2Connection implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final int PATIENCE_MS = 15_000;
    private static final int ACK = 1;
    private static final int LONGEST_FRAME = 16_384;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final HpackDecoder decoder = new HpackDecoder(1 << 16, System::nanoTime);

    /** One frame. */
    record Frame(int type, int flags, int stream, ByteBuffer payload) {
        /** The code of a RST_STREAM. */
        int error() {
            return payload.getInt(0);
        }

        /** The last stream that may have been processed, as a GOAWAY says. */
        int lastStream() {
            return payload.getInt(0);
        }

        /** The code of a GOAWAY. */
        int reason() {
            return payload.getInt(4);
        }
    }

    RawHttp2Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    RawHttp2Connection send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putShort((short) (payload.length >> 8)).put((byte) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        out.write(frame.array());
        return this;
    }

    /** A head of any length, in as many frames as it needs. */
    RawHttp2Connection sendHead(int stream, byte[] block) throws IOException {
        for (int from = 0; from < block.length; from += LONGEST_FRAME) {
            int to = Math.min(from + LONGEST_FRAME, block.length);
            int flags = (from == 0 ? END_STREAM : 0) | (to == block.length ? END_HEADERS : 0);
            send(from == 0 ? HEADERS : CONTINUATION, flags, stream, Arrays.copyOfRange(block, from, to));
        }
        return this;
    }

    /** @param fields names and values in turn, each a literal that is not indexed (RFC 7541, section 6.2.2) */
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            text(block, fields[i]);
            text(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 0x7f) {
            block.write(bytes.length);
        } else {
            block.write(0x7f);
            int rest = bytes.length - 0x7f;
            for (; rest >= 0x80; rest >>= 7) {
                block.write(rest | 0x80);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The next frame; empty at the connection's end. */
    Optional<Frame> read() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            return Optional.of(new Frame(type, flags, stream, ByteBuffer.wrap(payload)));
        } catch (EOFException | SocketException end) {
            return Optional.empty();
        }
    }

    /** The status of a stream's response: {@code reset} or {@code closed} if there is none. */
    String outcome(int stream) throws Exception {
        while (true) {
            Optional<Frame> next = read();
            if (next.isEmpty()) {
                return "closed";
            }
            Frame frame = next.get();
            if (frame.type() == HEADERS) {
                MetaData head = decoder.decode(frame.payload());
                if (frame.stream() == stream && head instanceof MetaData.Response response) {
                    return Integer.toString(response.getStatus());
                }
            } else if (frame.type() == RST_STREAM && frame.stream() == stream) {
                return "reset";
            } else if (frame.type() == SETTINGS && frame.flags() != ACK) {
                acknowledge();
            }
        }
    }

    /** A server that has gone needs none. */
    private void acknowledge() throws IOException {
        try {
            send(SETTINGS, ACK, 0, new byte[0]);
        } catch (SocketException closed) {
            // what it said before can still be read
        }
    }

    /** All frames to the end. */
    List<Frame> untilTheEnd() throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Optional<Frame> next = read(); next.isPresent(); next = read()) {
            frames.add(next.get());
        }
        return frames;
    }

    /** Reads to the end. The reason of the last GOAWAY, or -1 if there was none. */
    int reasonOfTheEnd() throws IOException {
        int reason = -1;
        for (Optional<Frame> next = read(); next.isPresent(); next = read()) {
            if (next.get().type() == GOAWAY) {
                reason = next.get().reason();
            }
        }
        return reason;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
