package dev.idem.dropwizard.servlet;

import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.memory.ByteAccumulator;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The bytes of a body: those that were read and kept, and then the server's stream. Its readers have positions, and follow one
 * another; not thread-safe.
 */
final class KeptBytes {
    private static final int LOOK_AHEAD = 512;

    private final Supplier<BodyReservation> reservation;
    private final long announced;
    private final long most;
    private volatile ByteAccumulator kept;
    private InputStream source;
    private long taken;
    private boolean keeping = true;
    private boolean dropped;
    private boolean lookedAhead;
    private boolean ended;
    private volatile boolean forgotten;

    /**
     * @param reservation made when the first byte is kept
     * @param announced the body's length; negative for unknown
     * @param most bytes; a longer body is not kept
     */
    KeptBytes(InputStream source, Supplier<BodyReservation> reservation, long announced, long most) {
        this.source = source;
        this.reservation = reservation;
        this.announced = announced;
        this.most = most;
        this.kept = new ByteAccumulator(bytes -> reservation.get().grow(bytes), announced);
    }

    /** Puts a reader between, unless something was read already. */
    boolean readThrough(UnaryOperator<InputStream> reader) {
        if (taken > 0) {
            return false;
        }
        source = reader.apply(source);
        return true;
    }

    /** As {@link BodyRecording#all}. */
    Optional<byte[]> all(long limit) throws IOException {
        requireRequest();
        if (announced > limit || (!keeping && taken > limit)) {
            return Optional.empty();
        }
        if (!keeping || !reservation.get().couldTake(announced)) {
            throw new BodyMemoryExhaustedException();
        }
        while (!ended && kept.size() <= limit && !kept.isRefused()) {
            ended = !kept.addFrom(source);
        }
        taken = kept.size();
        if (kept.size() > limit) {
            return Optional.empty();
        }
        if (!ended) {
            throw new BodyMemoryExhaustedException();
        }
        return Optional.of(kept.toByteArray());
    }

    boolean isAtItsEnd() {
        return ended;
    }

    /** How many bytes can be read again from the first one on. */
    int size() {
        return kept.size();
    }

    boolean isDropped() {
        return dropped;
    }

    /** Whether the next byte comes from the server. */
    boolean isUntouched() {
        return dropped && !lookedAhead;
    }

    /** The request has ended: its memory is another's. A reader that comes late is told so: an end of the body would look like all of it. */
    void forget() {
        forgotten = true;
        kept = new ByteAccumulator();
    }

    private void requireRequest() throws IOException {
        if (forgotten) {
            throw new IOException("the request has ended");
        }
    }

    /** What is kept stays until somebody has read it and reads on. */
    void keepNoMore() {
        keeping = false;
    }

    void drop() {
        keeping = false;
        dropped = true;
        if (kept.size() > 0) {
            kept.clear();
            reservation.get().release();
        }
    }

    int read(int position, byte[] bytes, int offset, int length) throws IOException {
        ByteAccumulator present = kept;
        requireRequest();
        if (position < present.size()) {
            return present.copyTo(position, bytes, offset, length);
        }
        if (ended) {
            return -1;
        }
        if (!keeping) {
            drop();
        }
        int count = source.read(bytes, offset, length);
        requireRequest();
        ended = count < 0;
        if (count > 0) {
            taken += count;
            keep(bytes, offset, count);
        }
        return count;
    }

    /** What is too much is kept until it has been passed, for those who only look ahead. */
    private void keep(byte[] bytes, int offset, int count) {
        if (keeping) {
            kept.add(bytes, offset, count);
            keeping = kept.size() <= most && !kept.isRefused();
        }
    }

    /** Notes a position to which its reader may return. */
    void mark(int position, int bytes) {
        if (forgotten) {
            return;
        }
        if (!keeping && !ended && position >= kept.size()) {
            drop();
        }
        if (dropped) {
            lookedAhead = true;
            if (!(source instanceof BufferedInputStream)) {
                source = new BufferedInputStream(source, Math.max(1, Math.min(bytes, LOOK_AHEAD)));
            }
            source.mark(bytes);
        }
    }

    /** @throws IOException if what was read since the mark is not kept any more */
    void reset() throws IOException {
        requireRequest();
        if (dropped) {
            source.reset();
            ended = false;
        }
    }

    int available(int position) throws IOException {
        requireRequest();
        return position < kept.size() ? kept.size() - position : ended ? 0 : source.available();
    }

    boolean isFinished(int position) {
        return ended && !forgotten && position >= kept.size();
    }
}
