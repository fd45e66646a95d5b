package dev.idem.benchmarks.http.server;

import dev.idem.benchmarks.http.app.Protection;
import java.util.Locale;

/** A server that is measured: its protection, its consistency, and whether the layer is switched off. */
public enum Target {
    UNPROTECTED(Protection.NONE, "fast", false),
    SWITCHED_OFF(Protection.LAYER, "fast", true),
    HAND_WRITTEN(Protection.HAND_WRITTEN, "fast", true),
    FAST(Protection.LAYER, "fast", true),
    NEAR_CACHE(Protection.LAYER, "fast", true),
    STRICT(Protection.LAYER, "strict", true),
    ATOMIC(Protection.ATOMIC, "fast", true),
    REDIS_DOWN(Protection.LAYER, "fast", false);

    private final Protection protection;
    private final String consistency;
    private final boolean hasRedis;

    Target(Protection protection, String consistency, boolean hasRedis) {
        this.protection = protection;
        this.consistency = consistency;
        this.hasRedis = hasRedis;
    }

    boolean hasRedis() {
        return hasRedis;
    }

    boolean hasDatabase() {
        return protection == Protection.LAYER || protection == Protection.ATOMIC;
    }

    /**
     * The configuration of {@link dev.idem.benchmarks.http.app.OrdersApplication}.
     *
     * @param redis a URL
     * @param database a JDBC URL
     */
    String configuration(int port, String redis, String database) {
        return String.format(
                Locale.ROOT,
                """
                server:
                  applicationConnectors: [{ type: http, bindHost: 127.0.0.1, port: %d }]
                  adminConnectors: [{ type: http, bindHost: 127.0.0.1, port: 0 }]
                  requestLog: { appenders: [] }
                logging:
                  level: WARN
                  appenders: [{ type: console }]
                protection: %s
                redis: "%s"
                database: "%s"
                idempotency:
                  enabled: %s
                  consistency: %s
                  nearCache: %s
                  policy: { ttl: 2m, keyFormat: uuid, maxRequestBody: 1MiB }
                """,
                port,
                protection,
                redis,
                database,
                this != SWITCHED_OFF,
                consistency,
                this == NEAR_CACHE ? "32MiB" : "0B");
    }
}
