package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.authority.StoreOwner;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.ForeignKeys;
import dev.idem.redis.script.RedisScript;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * The owner as a hash of its own, in the first bucket. Nodes of release 0.9.0 do not know it, and compare markers byte by byte, so
 * it cannot be in these. Thread-safe.
 */
public final class RedisOwner implements StoreOwner {
    private static final String ID = "id";
    private static final String DATABASE = "database";

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final ForeignKeys foreign;
    private final String name;
    private final RedisScript claim = RedisScript.load("installation_claim.lua");
    private final RedisScript nodes = RedisScript.load("nodes.lua");
    private volatile @Nullable StoreUnavailableException closed;
    private boolean known;

    /** The parameters are those of {@link RedisStore}. */
    public RedisOwner(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
        this.foreign = new ForeignKeys(redis, keys);
        this.name = new String(keys.installation(), US_ASCII);
    }

    /** The client for what may be done in our own Redis only. Throws {@link StoreUnavailableException} while it is another's. */
    Supplier<UnifiedJedis> guarding(Supplier<UnifiedJedis> client) {
        return () -> {
            StoreUnavailableException why = closed;
            if (why != null) {
                throw new StoreUnavailableException(why.store(), why.reason(), why.why(), why.advice(), why);
            }
            return client.get();
        };
    }

    @Override
    public Optional<Installation> find() {
        Map<String, String> held = foreign.translate(() -> redis.get().hgetAll(name));
        return Optional.ofNullable(held.get(ID))
                .map(id -> new Installation(id, held.getOrDefault(DATABASE, "unknown")));
    }

    @Override
    public Installation claim(Installation ours) {
        try {
            Optional<Installation> held = find();
            Installation owner = held.isEmpty() || ours.tellsMoreThan(held.get()) ? takeFrom(held, ours) : held.get();
            found(owner.is(ours) ? null : foreign(owner));
            return owner;
        } catch (StoreUnavailableException e) {
            closeUntilClaimed(e);
            throw e;
        }
    }

    @Override
    public void closeUntilClaimed() {
        closeUntilClaimed(new StoreUnavailableException(RedisStore.NAME, "it is not known yet whose it is"));
    }

    private synchronized void closeUntilClaimed(StoreUnavailableException why) {
        if (!known) {
            closed = why;
        }
    }

    private synchronized void found(@Nullable StoreUnavailableException why) {
        closed = why;
        known = true;
    }

    private static StoreUnavailableException foreign(Installation owner) {
        return new StoreUnavailableException(
                RedisStore.NAME,
                UnavailableReason.WRONG_SERVER,
                "it belongs to another installation, with the database " + owner.database(),
                "Run: idem-admin doctor.",
                null);
    }

    private Installation takeFrom(Optional<Installation> held, Installation ours) {
        List<byte[]> arguments = List.of(
                utf8(ours.id()),
                utf8(ours.database()),
                utf8(held.map(Installation::id).orElse("")));
        foreign.translate(() -> claim.run(redis.get(), List.of(keys.installation()), arguments));
        return find().orElse(ours);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    /**
     * A copy of a database has the generation of the other one, so that the markers must go: all of them, or nothing is taken. So
     * each server must answer.
     */
    @Override
    public void take(Installation ours) {
        foreign.requireNone();
        foreign.translate(() -> {
            redis.get().hset(name, Map.of(ID, ours.id(), DATABASE, ours.database()));
            keys.markers().forEach(marker -> redis.get().del(marker));
            return ours;
        });
    }

    @Override
    public int nodes() {
        return ((Long) foreign.translate(() -> nodes.run(redis.get(), List.of(keys.journals()), List.of()))).intValue();
    }
}
