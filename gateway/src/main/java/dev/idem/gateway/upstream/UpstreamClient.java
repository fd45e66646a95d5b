package dev.idem.gateway.upstream;

import dev.idem.gateway.route.BreakerSettings;
import dev.idem.gateway.route.UpstreamSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.client.HttpClient;

/**
 * The connections to one upstream, behind a circuit breaker. Once it is {@linkplain #retire retired} it accepts no new
 * requests, and stops after the last one has ended. Thread-safe.
 */
public final class UpstreamClient {
    /** The largest head of a response that is forwarded, in bytes. */
    public static final int MOST_HEAD_BYTES = 32 << 10;

    private static final Duration UNTIL_A_PLACE_IS_FREE = Duration.ofSeconds(1);

    private final UpstreamSettings settings;
    private final URI address;
    private final HttpClient client;
    private final ReferenceCount usage;
    private final Semaphore places;
    private final CircuitBreaker breaker;

    /** @param client started */
    UpstreamClient(UpstreamSettings settings, HttpClient client, Runnable stopping) {
        this.settings = settings;
        this.address = URI.create(settings.scheme() + "://" + settings.host() + ':' + settings.port());
        this.client = client;
        this.usage = new ReferenceCount(stopping);
        this.places = new Semaphore(settings.maxConnections() + settings.maxQueued());
        BreakerSettings rule = settings.breaker();
        this.breaker = CircuitBreaker.of(
                settings.toString(),
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(rule.window())
                        .minimumNumberOfCalls(rule.minimumCalls())
                        .failureRateThreshold(rule.failureRate())
                        .waitDurationInOpenState(rule.pause())
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .build());
    }

    public UpstreamSettings settings() {
        return settings;
    }

    /** As operators see it: {@code closed}, {@code open} or {@code half_open}. */
    public String breakerState() {
        return breaker.getState().name().toLowerCase(Locale.ROOT);
    }

    /** Whether its circuit breaker is open: no request is sent. */
    public boolean isBreakerOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** How long a client should wait after a request that was not accepted. */
    public Duration pause() {
        return isBreakerOpen() ? settings.breaker().pause() : UNTIL_A_PLACE_IS_FREE;
    }

    /** Begins the use of this client; false if it has been retired. Each true is followed by one {@link #leave}. */
    public boolean enter() {
        return usage.enter();
    }

    public void leave() {
        usage.leave();
    }

    /** Accepts no new requests, and stops after the last one. */
    public void retire() {
        usage.retire();
    }

    /**
     * Begins a request.
     *
     * @param method as it is to be sent
     * @param target path and query, byte for byte
     * @param timeout for the whole request, and for each silence
     * @return empty while the circuit breaker is open, or too many requests wait
     */
    public Optional<UpstreamCall> call(String method, String target, Duration timeout) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        if (!breaker.tryAcquirePermission()) {
            places.release();
            return Optional.empty();
        }
        boolean inChunks = settings.protocol() == UpstreamSettings.Protocol.HTTP11;
        VerbatimRequest request = new VerbatimRequest(client, address, method, target, inChunks);
        return Optional.of(new UpstreamCall(
                request, breaker, places, this::hasMoreThanConnections, client.getScheduler(), timeout));
    }

    /** Whether requests wait because all connections are in use. */
    private boolean hasMoreThanConnections() {
        int taken = settings.maxConnections() + settings.maxQueued() - places.availablePermits();
        return taken > settings.maxConnections();
    }
}
