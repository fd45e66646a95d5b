package dev.idem.gateway.exchange;

import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.memory.ByteAccumulator;
import java.util.Optional;

/** What was read of a request's body: all of it, or its beginning if it is larger than may be read or held. */
public final class BufferedBody {
    /** Nothing yet. */
    static final BufferedBody UNREAD = new BufferedBody(new ByteAccumulator(), Optional.empty(), false);

    private final ByteAccumulator read;
    private final Optional<BodyReservation> room;
    private final boolean whole;

    /**
     * @param room what it is held in; empty for a request that is not held
     * @param whole false if the rest is still to come
     */
    BufferedBody(ByteAccumulator read, Optional<BodyReservation> room, boolean whole) {
        this.read = read;
        this.room = room;
        this.whole = whole;
    }

    /** What was read. */
    public byte[] bytes() {
        return read.toByteArray();
    }

    /** Whether that is all. */
    public boolean isWhole() {
        return whole;
    }

    /**
     * Empty if it is larger than may be read.
     *
     * @throws BodyMemoryExhaustedException if it is larger than can be held at the moment
     */
    Optional<byte[]> whole() throws BodyMemoryExhaustedException {
        if (read.isRefused()) {
            throw new BodyMemoryExhaustedException();
        }
        return whole ? Optional.of(bytes()) : Optional.empty();
    }

    /** Whether there was no room for it. */
    public boolean isRefused() {
        return read.isRefused();
    }

    Optional<BodyReservation> room() {
        return room;
    }
}
