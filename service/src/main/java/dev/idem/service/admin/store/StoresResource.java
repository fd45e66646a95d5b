package dev.idem.service.admin.store;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.service.admin.node.NodeMetrics;
import dev.idem.service.admin.request.KnownParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which store is authoritative, and the state of the stores. Cheap enough for a call every few seconds. Thread-safe. */
@Path(KnownParameters.PATH + "/stores")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class StoresResource {
    private final IdempotencyEngine engine;
    private final Consistency consistency;
    private final PostgresTrustRow trust;
    private final StoreServers servers;
    private final NodeMetrics metrics;

    /** @param consistency that of all routes which do not say otherwise */
    public StoresResource(
            IdempotencyEngine engine,
            Consistency consistency,
            PostgresTrustRow trust,
            StoreServers servers,
            NodeMetrics metrics) {
        this.engine = engine;
        this.consistency = consistency;
        this.trust = trust;
        this.servers = servers;
        this.metrics = metrics;
    }

    /**
     * The state of both stores.
     *
     * @param decides the authoritative store for most routes, as this node knows it
     * @param consistency fast or strict: that of most routes
     * @param trust the row in PostgreSQL, which applies to all nodes; null if PostgreSQL is unavailable
     */
    public record Stores(
            String decides, String consistency, @Nullable TrustView trust, List<Store> stores, Journal journal) {}

    /**
     * Whether Redis may be the authoritative store.
     *
     * @param generation the current generation of Redis, or the last one
     * @param failoverInterval the number of the failover interval: it grows while PostgreSQL is the authoritative store
     * @param refilledInterval the number of the failover interval up to which Redis has been refilled
     * @param blocked whether a node has reported lately that it cannot reach Redis
     */
    public record TrustView(
            String generation, boolean redisTrusted, long failoverInterval, long refilledInterval, boolean blocked) {}

    /** @param breaker this node's circuit breaker: closed while it uses the store, else open */
    public record Store(String name, String breaker, ServerProbe probe) {}

    /**
     * This node's journal.
     *
     * @param lagMs the age of the oldest entry that is not durable
     * @param depth how many entries are not durable
     */
    public record Journal(long lagMs, int depth, long written, long dropped) {}

    @GET
    public Stores stores() {
        EngineStatus status = engine.status();
        return new Stores(
                status.authoritativeStore(consistency),
                consistency.name().toLowerCase(Locale.ROOT),
                trust(),
                List.of(
                        store(status.redis(), servers.redis(status.redis())),
                        store(status.postgres(), servers.postgres(status.postgres()))),
                new Journal(
                        status.journal().lag().toMillis(),
                        status.journal().depth(),
                        metrics.total("idempotency_journal_written"),
                        metrics.total("idempotency_journal_dropped")));
    }

    private static Store store(EngineStatus.StoreStatus status, ServerProbe probe) {
        return new Store(status.name(), status.circuitBreakerOpen() ? "open" : "closed", probe);
    }

    private @Nullable TrustView trust() {
        try {
            TrustRow.State state = trust.read();
            return new TrustView(
                    state.generation().id().toString().toLowerCase(Locale.ROOT),
                    state.trusted(),
                    state.interval(),
                    state.refilledInterval(),
                    state.blocked());
        } catch (StoreUnavailableException e) {
            return null;
        }
    }
}
