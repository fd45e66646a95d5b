package dev.idem.service.admin;

import dev.idem.core.event.AuditEventTable;
import dev.idem.core.record.Consistency;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.service.admin.event.EventsResource;
import dev.idem.service.admin.node.AuthoritativeStore;
import dev.idem.service.admin.node.NodeMetrics;
import dev.idem.service.admin.node.RecentRates;
import dev.idem.service.admin.record.RecordResources;
import dev.idem.service.admin.request.KnownParameters;
import dev.idem.service.admin.stats.CachedRecordStatistics;
import dev.idem.service.admin.stats.StatsResource;
import dev.idem.service.admin.store.StoreServers;
import dev.idem.service.admin.store.StoresResource;
import io.dropwizard.core.setup.Environment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/** {@code /api/v1/admin/idempotency}: what operators may see and do while the service runs. */
public final class AdminApi {
    private static final String NODE = ManagementFactory.getRuntimeMXBean().getName();

    private final IdempotencyRuntime protection;
    private final Supplier<UnifiedJedis> redis;
    private final Jdbi database;
    private final Consistency consistency;

    /** @param consistency that of all routes which do not say otherwise */
    public AdminApi(
            IdempotencyRuntime protection, Supplier<UnifiedJedis> redis, Jdbi database, Consistency consistency) {
        this.protection = protection;
        this.redis = redis;
        this.database = database;
        this.consistency = consistency;
    }

    /**
     * To be called once, before the server is built.
     *
     * @return the resources, and what they need, for Jersey
     */
    public List<Object> install(Environment environment) {
        NodeMetrics metrics = new NodeMetrics(protection.prometheus());
        AuthoritativeStore charge = new AuthoritativeStore(metrics, consistency);
        ScheduledExecutorService rounds = environment
                .lifecycle()
                .scheduledExecutorService("admin-statistics", true)
                .build();
        RecentRates recently = new RecentRates(metrics, rounds);
        environment.lifecycle().manage(recently);
        CachedRecordStatistics census = new CachedRecordStatistics(
                protection.records(),
                environment
                        .lifecycle()
                        .executorService("admin-census-%d")
                        .maxThreads(1)
                        .build());
        List<Object> resources = new ArrayList<>(List.of(
                new KnownParameters(),
                new EventsResource(new AuditEventTable(database)),
                new StatsResource(metrics, protection.engine(), recently, census),
                new StoresResource(
                        charge,
                        new PostgresTrustRow(database, NODE),
                        new StoreServers(redis, database),
                        protection.engine())));
        resources.addAll(new RecordResources(protection.records(), charge, new AuditEventTable(database), NODE).all());
        // A key in a path may have any character: the resource decodes it, nobody before it.
        environment.getApplicationContext().getServletHandler().setDecodeAmbiguousURIs(true);
        return List.copyOf(resources);
    }
}
