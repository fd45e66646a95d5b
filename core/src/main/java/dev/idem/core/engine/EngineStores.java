package dev.idem.core.engine;

import dev.idem.core.store.memory.MemoryStore;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/**
 * Where records are kept. The engine closes nothing of it.
 *
 * @param redis gives the client to work with at each call; no command may wait for long
 * @param keyPrefix what every key of ours in Redis begins with, such as {@code idem:}
 * @param database a pool of connections to PostgreSQL, whose schema is up to date
 * @param memory what decides when neither can be asked
 * @param nearCacheBytes how many bytes of answers this process may keep, so that repeats ask no store; 0 for none
 */
public record EngineStores(
        Supplier<UnifiedJedis> redis, String keyPrefix, Jdbi database, MemoryStore memory, long nearCacheBytes) {}
