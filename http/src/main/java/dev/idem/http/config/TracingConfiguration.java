package dev.idem.http.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.dropwizard.util.Duration;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where spans are sent.
 *
 * @param endpoint a collector's URL for OTLP over HTTP, such as {@code http://localhost:4318/v1/traces}; without one no spans
 *     are made
 * @param serviceName the service's name in spans; default {@code idem}
 * @param sampled the share of requests without a trace that get one, 0.0 to 1.0; default 1.0. A request with a trace follows
 *     its caller's sampling
 * @param headers sent with each batch, such as for authentication
 * @param timeout of one batch; default 10 s
 */
public record TracingConfiguration(
        @Nullable URI endpoint,
        @Nullable String serviceName,
        @Nullable Double sampled,
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable Map<String, String> headers,
        @Nullable Duration timeout) {
    public static final TracingConfiguration OFF = new TracingConfiguration(null, null, null, null, null);

    private static final String HEADER_NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}";
    private static final String HEADER_VALUE = "[ -~]{1,4096}";
    private static final java.time.Duration DEFAULT_TIMEOUT = java.time.Duration.ofSeconds(10);
    private static final java.time.Duration LONGEST_TIMEOUT = java.time.Duration.ofMinutes(1);

    public TracingConfiguration {
        if (endpoint != null && !isOverHttp(endpoint)) {
            throw new IllegalArgumentException(
                    "idempotency.tracing.endpoint must be a URL such as http://localhost:4318/v1/traces, without a user");
        }
        if (serviceName != null && !serviceName.matches("[!-~]{1,128}")) {
            throw new IllegalArgumentException("idempotency.tracing.serviceName must be 1 to 128 visible characters");
        }
        if (sampled != null && !(sampled >= 0 && sampled <= 1)) {
            throw new IllegalArgumentException("idempotency.tracing.sampled must be 0.0 to 1.0, not " + sampled);
        }
        headersOf(headers).forEach((name, value) -> {
            if (!name.matches(HEADER_NAME) || !value.matches(HEADER_VALUE)) {
                throw new IllegalArgumentException(
                        "idempotency.tracing.headers must be header names with their values; check " + name);
            }
        });
        if (timeout != null
                && (timeout.toMilliseconds() < 1 || timeout.toJavaDuration().compareTo(LONGEST_TIMEOUT) > 0)) {
            throw new IllegalArgumentException("idempotency.tracing.timeout must be 1ms to 1m, not " + timeout);
        }
    }

    private static boolean isOverHttp(URI endpoint) {
        return ("http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme()))
                && endpoint.getHost() != null
                && endpoint.getUserInfo() == null;
    }

    private static Map<String, String> headersOf(@Nullable Map<String, String> headers) {
        return headers == null ? Map.of() : Map.copyOf(headers);
    }

    public Map<String, String> headersOrNone() {
        return headersOf(headers);
    }

    public String serviceNameOrDefault() {
        return serviceName == null ? "idem" : serviceName;
    }

    public double sampledOrDefault() {
        return sampled == null ? 1 : sampled;
    }

    public java.time.Duration timeoutOrDefault() {
        return timeout == null ? DEFAULT_TIMEOUT : timeout.toJavaDuration();
    }

    /** Omits the headers' values, which may be secrets. */
    @Override
    public String toString() {
        return "TracingConfiguration[endpoint=" + endpoint + ", serviceName=" + serviceName + ", sampled=" + sampled
                + ", headers=" + headersOrNone().keySet() + ", timeout=" + timeout + ']';
    }
}
