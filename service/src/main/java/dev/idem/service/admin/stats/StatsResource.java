package dev.idem.service.admin.stats;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.service.admin.node.NodeMetrics;
import dev.idem.service.admin.node.RecentRates;
import dev.idem.service.admin.request.KnownParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The most important statistics for operators. Cheap enough for a call every second. Thread-safe. */
@Path(KnownParameters.PATH + "/stats")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class StatsResource {
    private final NodeMetrics metrics;
    private final IdempotencyEngine engine;
    private final RecentRates recently;
    private final CachedRecordStatistics census;

    public StatsResource(
            NodeMetrics metrics, IdempotencyEngine engine, RecentRates recently, CachedRecordStatistics census) {
        this.metrics = metrics;
        this.engine = engine;
        this.recently = recently;
        this.census = census;
    }

    @GET
    public NodeStatistics stats() {
        return NodeStatistics.of(metrics, engine, recently, census);
    }
}
