package dev.idem.http.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;

/** The span of one completion, until it is closed. Not thread-safe. */
public final class CompletionSpan implements AutoCloseable {
    private final Optional<Span> span;
    private boolean completed;

    CompletionSpan(Optional<Span> span) {
        this.span = span;
    }

    /** @param outcome one of few words */
    public void completed(String outcome) {
        completed = true;
        span.ifPresent(making -> making.setAttribute("idempotency.settlement", outcome));
    }

    /** A span that ends without an outcome has failed. */
    @Override
    public void close() {
        span.ifPresent(making -> {
            if (!completed) {
                making.setStatus(StatusCode.ERROR);
            }
            making.end();
        });
    }
}
