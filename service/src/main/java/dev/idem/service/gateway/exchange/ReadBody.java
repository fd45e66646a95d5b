package dev.idem.service.gateway.exchange;

import java.util.Optional;

/** What was read of a request's body: all of it, or its beginning if it is larger than may be read. */
final class ReadBody {
    /** Nothing yet. */
    static final ReadBody UNREAD = new ReadBody(new byte[0], false);

    private final byte[] bytes;
    private final boolean whole;

    /** @param whole false if the rest is still to come */
    ReadBody(byte[] bytes, boolean whole) {
        this.bytes = bytes;
        this.whole = whole;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isWhole() {
        return whole;
    }

    Optional<byte[]> whole() {
        return whole ? Optional.of(bytes) : Optional.empty();
    }
}
