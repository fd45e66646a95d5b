package dev.idem.service.gateway.exchange;

import dev.idem.dropwizard.memory.NoRoomException;
import dev.idem.dropwizard.memory.Pieces;
import dev.idem.dropwizard.memory.Room;
import java.util.Optional;

/** What was read of a request's body: all of it, or its beginning if it is larger than may be read or held. */
public final class ReadBody {
    /** Nothing yet. */
    static final ReadBody UNREAD = new ReadBody(new Pieces(), Optional.empty(), false);

    private final Pieces read;
    private final Optional<Room> room;
    private final boolean whole;

    /**
     * @param room what it is held in; empty for a request that is not held
     * @param whole false if the rest is still to come
     */
    ReadBody(Pieces read, Optional<Room> room, boolean whole) {
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
     * @throws NoRoomException if it is larger than can be held at the moment
     */
    Optional<byte[]> whole() throws NoRoomException {
        if (read.isRefused()) {
            throw new NoRoomException();
        }
        return whole ? Optional.of(bytes()) : Optional.empty();
    }

    /** Whether there was no room for it. */
    public boolean isRefused() {
        return read.isRefused();
    }

    Optional<Room> room() {
        return room;
    }
}
