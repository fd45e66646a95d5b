package dev.idem.http.trace;

import dev.idem.core.record.Lease;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;

/** The span of one request's claim, until it is closed. Not thread-safe. */
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

    /** The request executes from now on. */
    public void executes(Lease lease, String route) {
        span.setAttribute("idempotency.store", lease.store());
        tracing.executing(lease, route, parent);
    }

    /** A span that ends without a decision has failed. */
    @Override
    public void close() {
        if (!decided) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
