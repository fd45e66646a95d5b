package dev.idem.core.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A Lua script that touches one key, sent by its hash. A server that has never seen it is sent the whole text once. */
final class RedisScript {
    private final byte[] text;
    private final byte[] sha1;

    private RedisScript(byte[] text) {
        this.text = text;
        this.sha1 = sha1(text);
    }

    /** Reads a script that stands beside this class. */
    static RedisScript load(String name) {
        try (@Nullable InputStream in = RedisScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing from the jar");
            }
            return new RedisScript(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Object run(UnifiedJedis redis, byte[] key, byte[]... arguments) {
        List<byte[]> keys = List.of(key);
        List<byte[]> values = List.of(arguments);
        try {
            return redis.evalsha(sha1, keys, values);
        } catch (JedisNoScriptException restarted) {
            return redis.eval(text, keys, values);
        }
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
