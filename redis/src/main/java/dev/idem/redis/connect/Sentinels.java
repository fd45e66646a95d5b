package dev.idem.redis.connect;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks sentinels before Jedis does. Jedis logs a stack trace for each sentinel that does not answer, at each attempt, and
 * then throws the same failure.
 */
record Sentinels(Set<HostAndPort> addresses, JedisClientConfig config) {

    /** @throws JedisException if no sentinel answers, or those that do know no such master */
    void requireMaster(String name) {
        @Nullable JedisException failure = null;
        boolean answered = false;
        for (HostAndPort address : addresses) {
            try (Jedis sentinel = new Jedis(address, config)) {
                if (sentinel.sentinelGetMasterAddrByName(name) != null) {
                    return;
                }
                answered = true;
            } catch (JedisException e) {
                failure = e;
            }
        }
        if (!answered && failure != null) {
            throw failure;
        }
        throw new JedisException("the sentinels know no master of the name in redis.url (REDIS_URL)");
    }
}
