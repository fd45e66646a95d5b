package dev.idem.redis;

import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.redis.script.RedisScript;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The scripts that decide claims in Redis, for one generation. Each compares the marker in the step in which it decides. A Redis
 * that does not know them no longer belongs to the generation. Immutable.
 *
 * <p>Their text is that of release 0.9.0 to the byte, and includes the layout. Nodes whose scripts differ would end each other's
 * generations.
 */
record GenerationScripts(
        Generation generation, RedisScript claim, RedisScript renew, RedisScript complete, RedisScript abandon) {

    /** What a server says of itself that does not know the scripts. */
    static final String UNKNOWN = "it has lost its scripts: it has restarted, or another server took its place";

    static GenerationScripts of(Generation generation) {
        return new GenerationScripts(
                generation,
                RedisScript.load("claim.lua").of(generation),
                RedisScript.load("renew.lua").of(generation),
                RedisScript.load("complete.lua").of(generation),
                RedisScript.load("abandon.lua").of(generation));
    }

    /**
     * Loads the scripts on the server that has this bucket. They change nothing, because the marker does not name this
     * generation yet.
     */
    void teach(UnifiedJedis redis, byte[] marker) {
        for (RedisScript deciding : List.of(claim, renew, complete, abandon)) {
            deciding.teach(redis, List.of(marker, marker), List.of());
        }
    }

    /**
     * Uses each script without any effect: no generation has this marker.
     *
     * @param noMarker a key that never names a generation
     * @throws JedisNoScriptException if the server does not know one of them
     */
    void touch(UnifiedJedis redis, byte[] noMarker) {
        for (RedisScript deciding : List.of(claim, renew, complete, abandon)) {
            Object unused = deciding.runIfKnown(redis, List.of(noMarker, noMarker), List.of());
        }
    }

    /** @throws NotAuthoritativeException if this Redis does not know the script, or its marker names another generation */
    static List<?> run(RedisScript script, UnifiedJedis redis, List<byte[]> keys, List<byte[]> arguments) {
        try {
            List<?> reply = (List<?>) script.runIfKnown(redis, keys, arguments);
            if (outcome(reply) == 'U') {
                throw new NotAuthoritativeException(RedisStore.NAME, "its marker names another generation, or none");
            }
            return reply;
        } catch (JedisNoScriptException anotherLife) {
            throw new NotAuthoritativeException(RedisStore.NAME, UNKNOWN);
        }
    }

    static char outcome(List<?> reply) {
        return (char) ((byte[]) reply.get(0))[0];
    }
}
