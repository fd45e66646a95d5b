package dev.idem.redis;

import dev.idem.core.store.StoreUnavailableException;
import java.util.Set;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisBroadcastException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Tells a Redis that cannot be asked from a mistake of ours. Whatever is no reply at all (connection, time-out, pool
 * exhausted, no cluster node) is unavailability, and so are the error replies by which a server says that it cannot
 * serve now. Any other error reply is a defect and passes.
 */
final class RedisFailures {
    private static final Set<String> CANNOT_SERVE = Set.of(
            "LOADING",
            "READONLY",
            "OOM",
            "MISCONF",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "NOREPLICAS",
            "BUSY",
            "TRYAGAIN",
            "NOAUTH",
            "WRONGPASS",
            "NOPERM",
            "UNBLOCKED");

    private RedisFailures() {}

    static <T> T translate(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (JedisBroadcastException someNodes) {
            throw new StoreUnavailableException(store, someNodes);
        } catch (JedisDataException reply) {
            if (cannotServe(String.valueOf(reply.getMessage()))) {
                throw new StoreUnavailableException(store, reply);
            }
            throw reply;
        } catch (JedisException noReply) {
            throw new StoreUnavailableException(store, noReply);
        }
    }

    private static boolean cannotServe(String reply) {
        // Redis before 7 wraps what a command inside a script answered: "ERR Error running script (…): -OOM command …".
        int inScript = reply.indexOf(": -");
        String code = inScript < 0 ? reply : reply.substring(inScript + 3);
        return CANNOT_SERVE.contains(code.split(" ", 2)[0]) || reply.startsWith("ERR max number of clients");
    }
}
