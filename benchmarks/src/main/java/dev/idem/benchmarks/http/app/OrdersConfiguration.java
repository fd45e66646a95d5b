package dev.idem.benchmarks.http.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.http.config.IdempotencyConfiguration;
import io.dropwizard.core.Configuration;

/** What the application is told at its start. */
public final class OrdersConfiguration extends Configuration {
    private final Protection protection;
    private final String redis;
    private final String database;
    private final IdempotencyConfiguration idempotency;

    /**
     * @param redis a URL
     * @param database a JDBC URL
     * @param idempotency the bundle's section
     */
    @JsonCreator
    public OrdersConfiguration(
            @JsonProperty("protection") Protection protection,
            @JsonProperty("redis") String redis,
            @JsonProperty("database") String database,
            @JsonProperty("idempotency") IdempotencyConfiguration idempotency) {
        this.protection = protection;
        this.redis = redis;
        this.database = database;
        this.idempotency = idempotency;
    }

    Protection protection() {
        return protection;
    }

    String redis() {
        return redis;
    }

    String database() {
        return database;
    }

    IdempotencyConfiguration idempotency() {
        return idempotency;
    }
}
