package dev.idem.http.trace;

import dev.idem.core.record.Lease;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;

/** The question who executes a request, until it is closed. Belongs to that request. */
public final class ClaimSpan implements AutoCloseable {
    private final Tracing tracing;
    private final Span span;
    private final Context parent;
    private boolean decided;

    ClaimSpan(Tracing tracing, Span span, Context parent) {
        this.tracing = tracing;
        this.span = span;
        this.parent = parent;
    }

    /** @param outcome one of few words */
    public void decided(String outcome) {
        decided = true;
        span.setAttribute("idempotency.outcome", outcome);
    }

    /** It is this request, from now on. */
    public void executes(Lease lease, String route) {
        span.setAttribute("idempotency.store", lease.store());
        tracing.executing(lease, route, parent);
    }

    /** One that ends undecided has failed. */
    @Override
    public void close() {
        if (!decided) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
