package dev.idem.redis;

import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * The clients of one Redis. Each supplier is called for each step, and may throw a
 * {@link dev.idem.core.store.StoreUnavailableException}.
 *
 * @param requests for what requests wait for; its client needs short timeouts
 * @param copies for copies in the background. Its client needs longer timeouts: what is copied may be large, and a copy that fails
 *     begins again
 * @param heartbeats for what must come in time while requests occupy all other connections: the leases of running requests, and the
 *     watch over Redis. Some connections are enough
 */
public record RedisClients(
        Supplier<UnifiedJedis> requests, Supplier<UnifiedJedis> copies, Supplier<UnifiedJedis> heartbeats) {

    /** One client for all. */
    public static RedisClients one(Supplier<UnifiedJedis> client) {
        return new RedisClients(client, client, client);
    }

    RedisClients each(Function<Supplier<UnifiedJedis>, Supplier<UnifiedJedis>> wrapped) {
        return new RedisClients(wrapped.apply(requests), wrapped.apply(copies), wrapped.apply(heartbeats));
    }
}
