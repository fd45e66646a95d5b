package dev.idem.http.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;

/** What becomes of an execution's answer, until it is closed. Belongs to one request. */
public final class CompletionSpan implements AutoCloseable {
    private final Optional<Span> span;
    private boolean settled;

    CompletionSpan(Optional<Span> span) {
        this.span = span;
    }

    /** @param settlement one of few words */
    public void settled(String settlement) {
        settled = true;
        span.ifPresent(making -> making.setAttribute("idempotency.settlement", settlement));
    }

    /** One that ends unsettled has failed. */
    @Override
    public void close() {
        span.ifPresent(making -> {
            if (!settled) {
                making.setStatus(StatusCode.ERROR);
            }
            making.end();
        });
    }
}
