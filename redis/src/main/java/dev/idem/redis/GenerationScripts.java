package dev.idem.redis;

import dev.idem.core.store.Generation;
import dev.idem.core.store.NotAuthoritativeException;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The scripts by which Redis decides, of one generation. Each looks at the marker in the step in which it decides; a Redis
 * that has lost them is another one than was trusted. Their text is that of release 0.9.0, to the byte, and has the layout in
 * itself: nodes whose scripts differ end each other's generations.
 */
record GenerationScripts(
        Generation generation, RedisScript claim, RedisScript renew, RedisScript complete, RedisScript abandon) {

    static GenerationScripts of(Generation generation) {
        return new GenerationScripts(
                generation,
                RedisScript.load("claim.lua").of(generation),
                RedisScript.load("renew.lua").of(generation),
                RedisScript.load("complete.lua").of(generation),
                RedisScript.load("abandon.lua").of(generation));
    }

    /**
     * Lets the server that has this bucket know the scripts, none of which does anything: the marker is not this
     * generation's yet.
     */
    void teach(UnifiedJedis redis, byte[] marker) {
        for (RedisScript deciding : List.of(claim, renew, complete, abandon)) {
            deciding.teach(redis, List.of(marker, marker), List.of());
        }
    }

    /** @throws NotAuthoritativeException if this Redis was not taught the script, or its marker says something else */
    static List<?> run(RedisScript script, UnifiedJedis redis, List<byte[]> keys, List<byte[]> arguments) {
        try {
            List<?> reply = (List<?>) script.runIfKnown(redis, keys, arguments);
            if (outcome(reply) == 'U') {
                throw new NotAuthoritativeException(RedisStore.NAME, "its marker is gone or of another generation");
            }
            return reply;
        } catch (JedisNoScriptException anotherLife) {
            throw new NotAuthoritativeException(RedisStore.NAME, "it has restarted, or another server took its place");
        }
    }

    static char outcome(List<?> reply) {
        return (char) ((byte[]) reply.get(0))[0];
    }
}
