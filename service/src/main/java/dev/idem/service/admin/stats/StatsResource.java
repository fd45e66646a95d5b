package dev.idem.service.admin.stats;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.service.admin.node.NodeMetrics;
import dev.idem.service.admin.node.Recently;
import dev.idem.service.admin.request.KnownParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The numbers that operators look at first. May be asked every second. Thread-safe. */
@Path(KnownParameters.PATH + "/stats")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class StatsResource {
    private final NodeMetrics metrics;
    private final IdempotencyEngine engine;
    private final Recently recently;
    private final RecordCensus census;

    public StatsResource(NodeMetrics metrics, IdempotencyEngine engine, Recently recently, RecordCensus census) {
        this.metrics = metrics;
        this.engine = engine;
        this.recently = recently;
        this.census = census;
    }

    @GET
    public Object stats() {
        return NodeStatistics.of(metrics, engine, recently, census);
    }
}
