package dev.idem.benchmarks.http.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.benchmarks.body.Order;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An HTTP request that posts an order, as bytes with a placeholder for the order's number. The number is also the last part of
 * its key. Immutable.
 */
public final class OrderTemplate {
    private static final String ROOM = "0".repeat(12);
    private static final String KEY = "Idempotency-Key: ";
    private static final int KEY_PREFIX = "00000000-0000-0000-0000-".length();
    private static final String NUMBER = "{\"number\":\"" + ROOM + "\",";

    private final String text;
    private final boolean hasKey;

    private OrderTemplate(String text, boolean hasKey) {
        this.text = text;
        this.hasKey = hasKey;
    }

    /**
     * Creates a request with new keys.
     *
     * @param bodySize the approximate size in bytes
     * @param hasKey whether the request has a key
     * @param work how many milliseconds the handler takes, and that it counts its executions; empty for neither
     */
    public static OrderTemplate of(
            InetSocketAddress server, String path, int bodySize, boolean hasKey, OptionalInt work) {
        String order = new String(Order.of(bodySize - NUMBER.length()), US_ASCII);
        String body = NUMBER + (work.isPresent() ? "\"work\":" + work.getAsInt() + "," : "") + order.substring(1);
        String text = "POST " + path + " HTTP/1.1\r\n"
                + "Host: " + server.getHostString() + ":" + server.getPort() + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n"
                + (hasKey ? KEY + keyPrefix() + ROOM + "\r\n" : "")
                + "\r\n"
                + body;
        return new OrderTemplate(text, hasKey);
    }

    /** A random UUID without its last group. */
    private static String keyPrefix() {
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex.toHexDigits(random.nextInt())
                + "-" + hex.toHexDigits((short) random.nextInt())
                + "-4" + hex.toHexDigits((short) random.nextInt()).substring(1)
                + "-a" + hex.toHexDigits((short) random.nextInt()).substring(1) + "-";
    }

    /** How a number is written in an order and its key. */
    public static String written(long number) {
        return HexFormat.of().toHexDigits(number, ROOM.length());
    }

    /** A copy in which numbers can be written. */
    Numbered copy() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(text.length());
        bytes.put(text.getBytes(US_ASCII)).flip();
        int inBody = text.lastIndexOf(NUMBER) + NUMBER.indexOf(ROOM);
        return new Numbered(bytes, inBody, hasKey ? text.indexOf(KEY) + KEY.length() + KEY_PREFIX : inBody);
    }

    /** The request of one connection. Not thread-safe. */
    record Numbered(ByteBuffer bytes, int inBody, int inKey) {

        /** The request with this number, to be written from its start. */
        ByteBuffer with(long number) {
            byte[] digits = written(number).getBytes(US_ASCII);
            bytes.put(inBody, digits).put(inKey, digits);
            return bytes.clear();
        }
    }
}
