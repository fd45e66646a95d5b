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
 * else of the claim. A background thread sends them in batches; spans that do not fit its queue are dropped, and no request
 * waits. No span carries a key or a scope. Thread-safe.
 */
public final class Tracing implements AutoCloseable {
    private static final String NAME = "dev.idem";
    private static final TextMapGetter<Map<String, String>> BY_NAME =
            (headers, name) -> headers == null ? null : headers.get(name);
    private static final int QUEUE = 4_096;
    private static final Duration LAST_BATCH = Duration.ofSeconds(5);

    /** Identifies one execution: each has its own owner token. */
    private record Execution(RecordId id, UUID owner) {
        static Execution of(Lease lease) {
            return new Execution(lease.id(), lease.owner());
        }
    }

    /** @param parent of the spans that follow */
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
     * Makes spans if an endpoint is configured.
     *
     * @param node this process's name
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
     * Starts the span of a claim.
     *
     * @param headers the request's trace context, with names in lower case
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

    /** The W3C headers that make an upstream's spans children of this execution; empty while tracing is off. */
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
     * Ends the span of an execution and starts that of its completion.
     *
     * @param failed whether the execution failed
     */
    public CompletionSpan completion(Lease lease, boolean failed) {
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

    /** Sends the last batch, for up to five seconds. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
