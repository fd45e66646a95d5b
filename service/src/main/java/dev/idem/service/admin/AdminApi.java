package dev.idem.service.admin;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.operations.Authority;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.event.ReadEvents;
import dev.idem.core.record.Consistency;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.service.admin.event.EventsResource;
import dev.idem.service.admin.node.NodeMetrics;
import dev.idem.service.admin.node.RecentRates;
import dev.idem.service.admin.record.RecordResources;
import dev.idem.service.admin.request.KnownParameters;
import dev.idem.service.admin.request.OperationsJsonWriter;
import dev.idem.service.admin.stats.CachedRecordStatistics;
import dev.idem.service.admin.stats.StatsResource;
import dev.idem.service.admin.store.StoreServers;
import dev.idem.service.admin.store.StoresResource;
import io.dropwizard.core.setup.Environment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/** The operators' API at {@code /api/v1/admin/idempotency}. */
public final class AdminApi {
    private static final String NODE = ManagementFactory.getRuntimeMXBean().getName();

    private final IdempotencyRuntime protection;
    private final Supplier<UnifiedJedis> redis;
    private final Jdbi quick;
    private final Jdbi patient;
    private final Consistency consistency;

    /**
     * Wires nothing yet.
     *
     * @param quick for the state of the stores
     * @param patient for lists and counts, and for what they change
     * @param consistency that of all routes which do not say otherwise
     */
    public AdminApi(
            IdempotencyRuntime protection,
            Supplier<UnifiedJedis> redis,
            Jdbi quick,
            Jdbi patient,
            Consistency consistency) {
        this.protection = protection;
        this.redis = redis;
        this.quick = quick;
        this.patient = patient;
        this.consistency = consistency;
    }

    /**
     * Called once, before the server is built.
     *
     * @return the resources and their dependencies, for Jersey
     */
    public List<Object> install(Environment environment) {
        IdempotencyEngine engine = protection.engine();
        RecordStores stores = new RecordStores(
                protection.records().get(0),
                new PostgresRecords(patient),
                () -> authority(engine.status()),
                PostgresFailures::forOperator);
        NodeMetrics metrics = new NodeMetrics(protection.prometheus());
        ScheduledExecutorService sampling = environment
                .lifecycle()
                .scheduledExecutorService("admin-statistics", true)
                .build();
        RecentRates recent = new RecentRates(metrics, sampling);
        environment.lifecycle().manage(recent);
        CachedRecordStatistics counts = new CachedRecordStatistics(
                stores,
                environment
                        .lifecycle()
                        .executorService("admin-census-%d")
                        .maxThreads(1)
                        .build());
        AuditEventStore events = new AuditEventTable(patient);
        List<Object> resources = new ArrayList<>(List.of(
                new KnownParameters(),
                new OperationsJsonWriter(),
                new EventsResource(new ReadEvents(events)),
                new StatsResource(metrics, engine, recent, counts),
                new StoresResource(
                        engine,
                        consistency,
                        new PostgresTrustRow(quick, NODE),
                        new StoreServers(redis, quick),
                        metrics)));
        resources.addAll(new RecordResources(stores, events, NODE).all());
        // A key in a path may contain any character; only the resource decodes it.
        environment.getApplicationContext().getServletHandler().setDecodeAmbiguousURIs(true);
        return List.copyOf(resources);
    }

    private Authority authority(EngineStatus status) {
        return new Authority(
                Optional.of(status.authoritativeStore(consistency)),
                Optional.of(status.authoritativeStore(Consistency.FAST)));
    }
}
