package dev.idem.http.decision;

import dev.idem.core.engine.ClientLiveness;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as the rules see it, whichever server has received it. Belongs to that request; not thread-safe. */
public interface IncomingRequest {

    String method();

    /** The path as it was sent, percent-encoding and all. */
    String rawPath();

    /** The query as it was sent, without the question mark; null for none. */
    @Nullable
    String rawQuery();

    /** The lines of a header; empty for none. */
    List<String> headers(String name);

    /** The lines of a header with commas between them; null for none. */
    default @Nullable String header(String name) {
        List<String> lines = headers(name);
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    /** The name of its caller, if the application knows it. */
    default Optional<String> principal() {
        return Optional.empty();
    }

    /** Who waits for the answer. */
    ClientLiveness caller();

    /**
     * The whole body.
     *
     * @param limit bytes
     * @return empty when it is larger
     * @throws BodyMemoryExhaustedException if this process cannot hold it at the moment
     * @throws IOException if the client does not send it
     */
    Optional<byte[]> body(long limit) throws IOException;

    /**
     * Makes room for the answer, until the request has been answered.
     *
     * @param bytes the most that are held of it
     * @throws BodyMemoryExhaustedException if this process cannot hold it at the moment
     */
    void reserveAnswer(long bytes) throws BodyMemoryExhaustedException;
}
