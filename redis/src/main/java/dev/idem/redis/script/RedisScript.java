package dev.idem.redis.script;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.store.authority.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A Lua script, which is called by its SHA-1. Immutable and thread-safe. */
public final class RedisScript {
    private static final String FOLDER = "/dev/idem/redis/";
    private static final String LAYOUT = "record.lua";

    private final byte[] text;
    private final byte[] sha1;

    private RedisScript(byte[] text) {
        this.text = text;
        this.sha1 = sha1(text);
    }

    /** Loads a script of this module that does not use a record's value. */
    public static RedisScript load(String name) {
        return new RedisScript(read(name));
    }

    /** As {@link #load}, for a script that reads or writes a record's value: prepends the layout. */
    public static RedisScript loadWithLayout(String name) {
        return new RedisScript(joined(read(LAYOUT), read(name)));
    }

    private static byte[] read(String name) {
        try (@Nullable InputStream in = RedisScript.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same script for one generation. Only a Redis that learned it in this generation knows it. */
    public RedisScript of(Generation generation) {
        byte[] head = ("local generation = '" + generation + "'\n").getBytes(US_ASCII);
        return new RedisScript(joined(head, text));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    /** Runs the script. Sends the whole text if the server does not know it. */
    public Object run(UnifiedJedis redis, List<byte[]> keys, List<byte[]> arguments) {
        try {
            return runIfKnown(redis, keys, arguments);
        } catch (JedisNoScriptException restarted) {
            return teach(redis, keys, arguments);
        }
    }

    /** @throws JedisNoScriptException if this server has not run the script since it started */
    public Object runIfKnown(UnifiedJedis redis, List<byte[]> keys, List<byte[]> arguments) {
        return redis.evalsha(sha1, keys, arguments);
    }

    /**
     * Runs the script, which the server then knows until it restarts. This is not SCRIPT LOAD: before Redis 7 that was written to
     * the append-only file and sent to replicas, so the script would survive a restart.
     */
    public Object teach(UnifiedJedis redis, List<byte[]> keys, List<byte[]> arguments) {
        return redis.eval(text, keys, arguments);
    }

    /** As {@link #runIfKnown}, in a pipeline. */
    public Response<Object> runIn(AbstractPipeline pipeline, List<byte[]> keys, List<byte[]> arguments) {
        return pipeline.evalsha(sha1, keys, arguments);
    }

    /** As {@link #teach}, in a pipeline. */
    public Response<Object> teachIn(AbstractPipeline pipeline, List<byte[]> keys, List<byte[]> arguments) {
        return pipeline.eval(text, keys, arguments);
    }

    @SuppressWarnings("InsecureCryptoUsage") // Redis names scripts by their SHA-1; nothing is secured by it
    private static byte[] sha1(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return HexFormat.of().formatHex(digest).getBytes(US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
