package dev.idem.service.admin.node;

import dev.idem.core.record.Consistency;
import dev.idem.postgres.PostgresStore;
import dev.idem.redis.RedisStore;

/**
 * Which store decides, as far as this node knows: what it knows may be half a second old. Routes with a consistency of
 * their own may see it otherwise. Thread-safe.
 *
 * @param consistency that of all routes which do not say otherwise
 */
public record AuthoritativeStore(NodeMetrics metrics, Consistency consistency) {

    /** The name of the store. */
    public String whileAuthoritative() {
        boolean redis = consistency == Consistency.FAST
                && metrics.gauge("idempotency_redis_trusted").orElse(0) > 0;
        return redis ? RedisStore.NAME : PostgresStore.NAME;
    }
}
