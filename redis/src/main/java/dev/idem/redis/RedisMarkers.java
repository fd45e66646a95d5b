package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.GenerationMarkers;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.ForeignKeys;
import dev.idem.redis.script.RedisScript;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Identifies a generation by a marker in each bucket and by its own scripts. The markers disappear when Redis is emptied. The
 * scripts disappear when Redis restarts or another server replaces it, because servers keep scripts only in memory. The text of
 * {@code verify.lua} and {@code end.lua} is that of release 0.9.0, as in {@link GenerationScripts}. Thread-safe.
 *
 * <p>Redis 7.4, and Valkey 8, also forget the scripts that were used least recently, as soon as anybody has sent 500 others. So each
 * check uses all scripts of the generation, rare ones too.
 */
public final class RedisMarkers implements GenerationMarkers {
    private static final String REFILLING = "refilling:";

    private final Supplier<UnifiedJedis> redis;
    private final Supplier<UnifiedJedis> patient;
    private final RedisKeys keys;
    private final ForeignKeys foreign;
    private final RedisScript verify = RedisScript.load("verify.lua");
    private final RedisScript end = RedisScript.load("end.lua");
    private final RedisScript trust = RedisScript.load("trust.lua");
    private final AtomicInteger checks = new AtomicInteger();

    /** The parameters are those of {@link RedisStore}. */
    public RedisMarkers(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this(redis, redis, keyPrefix);
    }

    /** @param patient for the begin and the end of a refill, which must not fail because the server is busy */
    RedisMarkers(Supplier<UnifiedJedis> redis, Supplier<UnifiedJedis> patient, String keyPrefix) {
        this.redis = redis;
        this.patient = patient;
        this.keys = new RedisKeys(keyPrefix);
        this.foreign = new ForeignKeys(redis, keys);
    }

    @Override
    public String name() {
        return RedisStore.NAME;
    }

    @Override
    public Optional<String> lossOf(Generation generation) {
        RedisScript ofGeneration = verify.of(generation);
        return foreign.translate(() -> keys.markers().stream()
                .flatMap(marker -> loss(ofGeneration, marker).stream())
                .findFirst()
                .or(() -> lossOfRareScripts(generation)));
    }

    /** Each check looks at another bucket, and so in a cluster at all servers in turn. */
    private Optional<String> lossOfRareScripts(Generation generation) {
        int bucket = Math.floorMod(checks.getAndIncrement(), keys.markers().size());
        byte[] noMarker = keys.probe(bucket).get(0);
        try {
            GenerationScripts.of(generation).touch(redis.get(), noMarker);
            Object unused = end.of(generation).runIfKnown(redis.get(), List.of(noMarker), List.of());
            return Optional.empty();
        } catch (JedisNoScriptException anotherLife) {
            return Optional.of(GenerationScripts.UNKNOWN);
        }
    }

    private Optional<String> loss(RedisScript ofGeneration, byte[] marker) {
        try {
            if (Long.valueOf(1).equals(ofGeneration.runIfKnown(redis.get(), List.of(marker), List.of()))) {
                return Optional.empty();
            }
        } catch (JedisNoScriptException anotherLife) {
            return Optional.of(GenerationScripts.UNKNOWN);
        }
        return Optional.of(
                redis.get().get(marker) != null
                        ? "its marker names another generation"
                        : "a marker is gone, it was emptied or lost keys");
    }

    @Override
    public boolean beginRefill(Generation last, Generation next) {
        RedisScript ofLast = end.of(last);
        byte[] refilling = refilling(next);
        return foreign.translate(() -> {
            boolean intact = true;
            for (byte[] marker : keys.markers()) {
                intact &= end(ofLast, marker, refilling);
            }
            return intact;
        });
    }

    private boolean end(RedisScript ofLast, byte[] marker, byte[] refilling) {
        try {
            return Long.valueOf(1).equals(ofLast.runIfKnown(patient.get(), List.of(marker), List.of(refilling)));
        } catch (JedisNoScriptException anotherLife) {
            patient.get().set(marker, refilling);
            return false;
        }
    }

    /** Loads the scripts, which refuse while the marker is the refill's, and then sets the markers. */
    @Override
    public void trust(Generation next) {
        GenerationScripts scripts = GenerationScripts.of(next);
        byte[] refilling = refilling(next);
        byte[] name = next.toString().getBytes(US_ASCII);
        foreign.translate(() -> {
            // Each bucket may be on another node, and each node must know the scripts.
            for (byte[] marker : keys.markers()) {
                scripts.teach(patient.get(), marker);
                verify.of(next).teach(patient.get(), List.of(marker), List.of());
                end.of(next).teach(patient.get(), List.of(marker), List.of());
            }
            for (byte[] marker : keys.markers()) {
                if (!Long.valueOf(1).equals(trust.run(patient.get(), List.of(marker), List.of(refilling, name)))) {
                    throw new NotAuthoritativeException(RedisStore.NAME, "another refill has begun");
                }
            }
            return null;
        });
    }

    static byte[] refilling(Generation next) {
        return (REFILLING + next).getBytes(US_ASCII);
    }
}
