package dev.idem.dropwizard.problem;

import dev.idem.dropwizard.key.IdempotencyKeyHeader;
import dev.idem.dropwizard.key.KeyFormat;
import dev.idem.dropwizard.key.KeyRules;
import dev.idem.dropwizard.key.MalformedKeyException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** A request's body that does not come as HTTP has it, or not in time: its client's fault, however the server reports it. */
public final class UnreadableBody {
    private static final KeyRules ANY_KEY = KeyRules.of(KeyFormat.ANY);

    private UnreadableBody() {}

    /**
     * What the client is told.
     *
     * @param keys the values of the request's key header; null for none
     * @return empty if reading failed for another reason
     */
    public static Optional<Problem> problemOf(IOException failure, @Nullable List<String> keys) {
        @Nullable Throwable cause = failure.getCause();
        if (cause instanceof TimeoutException) {
            return Optional.of(
                    Problem.of(ProblemType.REQUEST_TIMEOUT, ProblemType.REQUEST_TIMEOUT.meaning(), keyOf(keys)));
        }
        return cause instanceof HttpException malformed ? Optional.of(problemOf(malformed, keys)) : Optional.empty();
    }

    static Problem problemOf(HttpException malformed, @Nullable List<String> keys) {
        boolean tooSlow = malformed.getCode() == ProblemType.REQUEST_TIMEOUT.status();
        return Problem.of(
                tooSlow ? ProblemType.REQUEST_TIMEOUT : ProblemType.INVALID_REQUEST,
                "The body could not be read: " + malformed.getReason() + '.',
                keyOf(keys));
    }

    /** Null for a request without a key, or with something that is none. */
    static @Nullable String keyOf(@Nullable List<String> keys) {
        try {
            return IdempotencyKeyHeader.read(keys, ANY_KEY).orElse(null);
        } catch (MalformedKeyException notOne) {
            return null;
        }
    }
}
