package dev.idem.benchmarks.http.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * The floor: two scripts, and no less can tell a repeat from a first request by Redis. What they carry is as large as
 * what the layer sends. Thread-safe.
 */
public final class MinimalScripts {
    /** What our claim sends of a request: fingerprint, owner, times, origin. */
    private static final int CLAIM_BYTES = 120;

    private static final byte[] PROCESSING = "P".repeat(CLAIM_BYTES).getBytes(UTF_8);
    private static final byte[] TTL_MS = "120000".getBytes(UTF_8);

    private final UnifiedJedis redis;
    private final byte[] claim;
    private final byte[] complete;

    /** @throws redis.clients.jedis.exceptions.JedisException if Redis cannot be taught them */
    public MinimalScripts(UnifiedJedis redis) {
        this.redis = redis;
        this.claim = redis.scriptLoad(text("claim.lua")).getBytes(UTF_8);
        this.complete = redis.scriptLoad(text("complete.lua")).getBytes(UTF_8);
    }

    /** Returns what is stored for the key, or null: it is the caller's now. */
    public byte @Nullable [] claim(String key) {
        return (byte[]) redis.evalsha(claim, List.of(name(key)), List.of(PROCESSING, TTL_MS));
    }

    public void complete(String key, byte[] answer) {
        Object unused = redis.evalsha(complete, List.of(name(key)), List.of(answer, TTL_MS));
    }

    static boolean isProcessing(byte[] stored) {
        return stored[0] == 'P';
    }

    private static byte[] name(String key) {
        return ("floor:" + key).getBytes(UTF_8);
    }

    private static String text(String resource) {
        try (@Nullable InputStream in = MinimalScripts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
