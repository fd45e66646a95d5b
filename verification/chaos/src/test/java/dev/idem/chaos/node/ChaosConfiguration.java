package dev.idem.chaos.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.http.config.IdempotencyConfiguration;
import io.dropwizard.core.Configuration;
import java.net.URI;

/** What a node is told at its start. */
public final class ChaosConfiguration extends Configuration {
    private final int number;
    private final URI ledger;
    private final String redis;
    private final String database;
    private final IdempotencyConfiguration idempotency;

    /**
     * @param number tells this node from the others
     * @param ledger where effects are told
     * @param redis a URL
     * @param database a JDBC URL
     * @param idempotency the bundle's section
     */
    @JsonCreator
    public ChaosConfiguration(
            @JsonProperty("number") int number,
            @JsonProperty("ledger") URI ledger,
            @JsonProperty("redis") String redis,
            @JsonProperty("database") String database,
            @JsonProperty("idempotency") IdempotencyConfiguration idempotency) {
        this.number = number;
        this.ledger = ledger;
        this.redis = redis;
        this.database = database;
        this.idempotency = idempotency;
    }

    int number() {
        return number;
    }

    URI ledger() {
        return ledger;
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
