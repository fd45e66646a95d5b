package dev.idem.http.trace;

import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.http.config.TracingConfiguration;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of a request's claim, execution and completion: children of the request's own trace (W3C Trace Context), or
 * else of the claim. They are sent in batches by a thread of their own; what does not fit its queue is lost, and no
 * request waits. A key or a scope never stands in a span. Thread-safe.
 */
public final class Tracing implements AutoCloseable {
    private static final String NAME = "dev.idem";
    private static final TextMapGetter<Map<String, String>> BY_NAME =
            (headers, name) -> headers == null ? null : headers.get(name);
    private static final int QUEUE = 4_096;
    private static final Duration LAST_BATCH = Duration.ofSeconds(5);

    /** Of one execution: a record's owner is another one each time. */
    private record Execution(RecordId id, UUID owner) {
        static Execution of(Lease lease) {
            return new Execution(lease.id(), lease.owner());
        }
    }

    /** @param parent of what follows */
    private record Running(Span span, Context parent) {}

    private final Tracer tracer;
    private final @Nullable SdkTracerProvider provider;
    private final Map<Execution, Running> running = new ConcurrentHashMap<>();

    private Tracing(Tracer tracer, @Nullable SdkTracerProvider provider) {
        this.tracer = tracer;
        this.provider = provider;
    }

    /** Makes no spans. */
    public static Tracing off() {
        return new Tracing(TracerProvider.noop().get(NAME), null);
    }

    /**
     * Makes spans if there is somewhere to send them to.
     *
     * @param node what this process is called
     */
    public static Tracing of(TracingConfiguration settings, String node) {
        @Nullable URI endpoint = settings.endpoint();
        return endpoint == null ? off() : to(endpoint, settings, node);
    }

    private static Tracing to(URI endpoint, TracingConfiguration settings, String node) {
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).setTimeout(settings.timeoutOrDefault());
        settings.headersOrNone().forEach(exporter::addHeader);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.builder()
                                .put("service.name", settings.serviceNameOrDefault())
                                .put("service.instance.id", node)
                                .build())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampledOrDefault())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setMaxQueueSize(QUEUE)
                        .build())
                .build();
        return new Tracing(provider.get(NAME), provider);
    }

    /** Whether spans are made at all. */
    public boolean isOn() {
        return provider != null;
    }

    /**
     * Begins the question who executes a request.
     *
     * @param headers by which it may be part of a trace, their names in lower case
     */
    public ClaimSpan claim(String route, Map<String, String> headers) {
        Context incoming = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, BY_NAME);
        Span span = tracer.spanBuilder("idempotency.claim")
                .setParent(incoming)
                .setAttribute("idempotency.route", route)
                .startSpan();
        boolean hasParent = Span.fromContext(incoming).getSpanContext().isValid();
        return new ClaimSpan(this, span, hasParent ? incoming : incoming.with(span));
    }

    void executing(Lease lease, String route, Context parent) {
        Span span = tracer.spanBuilder("idempotency.execute")
                .setParent(parent)
                .setAttribute("idempotency.route", route)
                .setAttribute("idempotency.store", lease.store())
                .setAttribute("idempotency.fencing", lease.fencing())
                .setAttribute("idempotency.attempt", lease.attempt())
                .startSpan();
        running.put(Execution.of(lease), new Running(span, parent));
    }

    /** What an execution tells whomever it asks, so that their spans become its children: W3C's headers; none while there are no spans. */
    public Map<String, String> headersFor(Lease lease) {
        @Nullable Running execution = isOn() ? running.get(Execution.of(lease)) : null;
        if (execution == null) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(execution.parent().with(execution.span()), headers, Map::put);
        return headers;
    }

    /**
     * Ends an execution, and begins to settle it.
     *
     * @param failed whether it has not done what it was asked to
     */
    public CompletionSpan settling(Lease lease, boolean failed) {
        Optional<Running> execution =
                isOn() ? Optional.ofNullable(running.remove(Execution.of(lease))) : Optional.empty();
        execution.ifPresent(ended -> {
            if (failed) {
                ended.span().setStatus(StatusCode.ERROR);
            }
            ended.span().end();
        });
        return new CompletionSpan(execution.map(ended -> tracer.spanBuilder("idempotency.complete")
                .setParent(ended.parent())
                .setAttribute("idempotency.store", lease.store())
                .startSpan()));
    }

    /** Sends what there is, for a few seconds at the most. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
