package dev.idem.http.decision;

import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as the rules read it, from any server. Not thread-safe. */
public interface IncomingRequest {

    String method();

    /** The path as sent, percent-encoded. */
    String rawPath();

    /** The query as sent, without the question mark; null for none. */
    @Nullable
    String rawQuery();

    /** The lines of a header; empty for none. */
    List<String> headers(String name);

    /** The lines of a header joined with commas; null for none. */
    default @Nullable String header(String name) {
        List<String> lines = headers(name);
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    /** The authenticated principal's name, if there is one. */
    default Optional<String> principal() {
        return Optional.empty();
    }

    /** Whether the client still waits. */
    ClientLiveness caller();

    /**
     * The whole body.
     *
     * @param limit bytes
     * @return empty when it is larger
     * @throws BodyMemoryExhaustedException if the body memory is full
     * @throws IOException if the client does not send it
     */
    Optional<byte[]> body(long limit) throws IOException;

    /**
     * Reserves memory for the answer until the request ends.
     *
     * @param bytes the most that are buffered of it
     * @throws BodyMemoryExhaustedException if the body memory is full
     */
    void reserveAnswer(long bytes) throws BodyMemoryExhaustedException;
}
