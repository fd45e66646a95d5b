package dev.idem.gateway.client;

import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.memory.ByteAccumulator;
import java.util.Optional;

/**
 * What was read of a request's body: all of it, or the beginning if it is larger than the limit or the memory allows.
 */
public final class BufferedBody {
    /** Nothing has been read. */
    public static final BufferedBody UNREAD = new BufferedBody(new ByteAccumulator(), Optional.empty(), false);

    private final ByteAccumulator read;
    private final Optional<BodyReservation> reservation;
    private final boolean whole;

    /**
     * @param reservation the memory that is reserved for it; empty for a request that is not buffered
     * @param whole false if the rest is still to come
     */
    BufferedBody(ByteAccumulator read, Optional<BodyReservation> reservation, boolean whole) {
        this.read = read;
        this.reservation = reservation;
        this.whole = whole;
    }

    /** The bytes that were read. */
    public byte[] bytes() {
        return read.toByteArray();
    }

    /** Whether they are the whole body. */
    public boolean isWhole() {
        return whole;
    }

    /**
     * Empty if the body is larger than the limit.
     *
     * @throws BodyMemoryExhaustedException if there is no memory for it at the moment
     */
    public Optional<byte[]> whole() throws BodyMemoryExhaustedException {
        if (read.isRefused()) {
            throw new BodyMemoryExhaustedException();
        }
        return whole ? Optional.of(bytes()) : Optional.empty();
    }

    /** Whether there was no memory for it. */
    public boolean isRefused() {
        return read.isRefused();
    }

    public Optional<BodyReservation> room() {
        return reservation;
    }
}
