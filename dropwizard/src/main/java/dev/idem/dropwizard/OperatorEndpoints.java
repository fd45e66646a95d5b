package dev.idem.dropwizard;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.operations.Authority;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.record.Consistency;
import dev.idem.dropwizard.admin.AdminPages;
import dev.idem.dropwizard.admin.AdminParts;
import dev.idem.dropwizard.admin.AdminParts.Part;
import dev.idem.dropwizard.health.HealthEndpoints;
import dev.idem.dropwizard.health.PrometheusEndpoint;
import dev.idem.dropwizard.health.Readiness;
import dev.idem.dropwizard.health.ReadinessHealthCheck;
import dev.idem.dropwizard.health.RolloutHealthCheck;
import dev.idem.dropwizard.health.SchemaHealthCheck;
import dev.idem.dropwizard.health.SchemaWatch;
import dev.idem.dropwizard.task.ClearStaleTask;
import dev.idem.dropwizard.task.GcTask;
import dev.idem.dropwizard.task.RedactingTask;
import dev.idem.dropwizard.task.RolloutTask;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.metrics.RecordCountGauge;
import dev.idem.postgres.ExpiredRecordSweeper;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.RecordCount;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.postgres.rollout.RolloutTable;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.servlets.tasks.Task;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** What operators see of the layer on the admin port, health checks and tasks, and the upkeep in the background. */
final class OperatorEndpoints {
    private final String node;
    private final LayerStores stores;
    private final IdempotencyRuntime runtime;
    private final Environment environment;
    private final AdminParts parts;
    private final AdminPages pages;
    private final Jdbi jdbi;

    /** @param node this process's name in events */
    OperatorEndpoints(
            String node, LayerStores stores, IdempotencyRuntime runtime, Environment environment, AdminParts parts) {
        this.node = node;
        this.stores = stores;
        this.runtime = runtime;
        this.environment = environment;
        this.parts = parts;
        this.pages = new AdminPages(environment);
        this.jdbi = stores.forOperators(runtime.engine()::status);
    }

    void health(Readiness readiness, SchemaHealthCheck schema) {
        if (parts.has(Part.HEALTH_CHECKS)) {
            stores.healthChecks(runtime.engine()::status).forEach(this::check);
            check("schema", schema);
            check("rollout", new RolloutHealthCheck(runtime.rollout()));
            check("readiness", new ReadinessHealthCheck(readiness));
        }
        HealthEndpoints endpoints = new HealthEndpoints(readiness);
        endpoints.watch(environment.lifecycle(), runtime.prometheus());
        if (parts.has(Part.HEALTH_PAGES)) {
            endpoints.register(pages, parts, environment);
        }
        environment.lifecycle().manage(new SchemaPolling(new SchemaWatch(schema, readiness), environment.lifecycle()));
    }

    private void check(String name, HealthCheck check) {
        environment.healthChecks().register(parts.name(name), check);
    }

    void metrics() {
        if (parts.has(Part.METRICS)) {
            new PrometheusEndpoint(runtime.prometheus(), environment.metrics()).register(pages, parts);
        }
    }

    void tasks() {
        AuditEventStore events = new AuditEventTable(jdbi);
        IdempotencyEngine engine = runtime.engine();
        RecordStores records = new RecordStores(
                stores.fast().records(),
                new PostgresRecords(jdbi),
                () -> Authority.of(engine.status().authoritativeStore(Consistency.FAST)),
                PostgresFailures::forOperator);
        add(new ClearStaleTask(records, events, node));
        add(new RolloutTask(runtime.rollout(), new RolloutTable(jdbi), events, node));
    }

    /** The deletion of expired records, at intervals and by a task, and the counts of stale and held records. */
    void upkeep() {
        ExpiredRecordSweeper sweeper = new ExpiredRecordSweeper(stores.jdbi(), ExpiredRecordSweeper.USUAL_BATCH);
        List<RecordCountGauge> counts = List.of(
                gauge(RecordCountGauge.Kind.STALE, RecordCount.ofStale(stores.jdbi())),
                gauge(RecordCountGauge.Kind.HELD, RecordCount.ofHeld(stores.jdbi())));
        add(new GcTask(new ExpiredRecordSweeper(jdbi, ExpiredRecordSweeper.USUAL_BATCH)));
        environment.lifecycle().manage(new BackgroundUpkeep(sweeper, counts, environment.lifecycle()));
    }

    private RecordCountGauge gauge(RecordCountGauge.Kind kind, RecordCount count) {
        return new RecordCountGauge(kind, count::count, RecordCount.LIMIT, runtime.prometheus(), environment.metrics());
    }

    private void add(Task task) {
        if (parts.has(Part.TASKS)) {
            environment.admin().addTask(new RedactingTask(parts.name(task.getName()), task));
        }
    }
}
