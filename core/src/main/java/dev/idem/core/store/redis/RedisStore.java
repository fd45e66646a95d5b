package dev.idem.core.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** Records in Redis: one script a step, one round trip a script. Thread-safe; the client is not closed here. */
public final class RedisStore implements IdempotencyStore {
    /** This store's {@link #name()}. */
    public static final String NAME = "redis";

    private static final Long YES = 1L;

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final RedisScript claim = RedisScript.load("claim.lua");
    private final RedisScript renew = RedisScript.load("renew.lua");
    private final RedisScript complete = RedisScript.load("complete.lua");
    private final RedisScript abandon = RedisScript.load("abandon.lua");

    /**
     * Works on the client that {@code redis} gives at each call.
     *
     * @param redis may throw a {@link dev.idem.core.store.StoreUnavailableException}
     * @param keyPrefix what every key of ours begins with, such as {@code idem:}
     */
    public RedisStore(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Claim claim(ClaimRequest request) {
        List<?> reply = (List<?>) RedisFailures.translate(
                NAME,
                () -> claim.run(
                        redis.get(),
                        keys.nameOf(request.id()),
                        request.fingerprint().bytes(),
                        RecordCodec.owner(request.owner()),
                        millis(request.lockTimeout()),
                        millis(request.ttl()),
                        RecordCodec.origin(request.origin())));
        char outcome = (char) ((byte[]) reply.get(0))[0];
        return switch (outcome) {
            case 'A' ->
                new Claim.Acquired(new Lease(request, NAME, (Long) reply.get(1), ((Long) reply.get(2)).intValue()));
            case 'R' -> replay((byte[]) reply.get(1));
            case 'F' -> new Claim.InFlight(RecordCodec.instant((Long) reply.get(1)));
            case 'K' -> new Claim.KeyReused();
            default -> throw new IllegalStateException("claim.lua answered " + outcome);
        };
    }

    @Override
    public boolean renew(Lease lease) {
        return run(renew, lease, millis(lease.request().ttl()));
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        return run(complete, lease, millis(lease.request().ttl()), AnswerCodec.encode(answer));
    }

    @Override
    public boolean abandon(Lease lease) {
        return run(abandon, lease);
    }

    @Override
    public void ping() {
        RedisFailures.translate(NAME, () -> redis.get().ping());
    }

    private boolean run(RedisScript script, Lease lease, byte[]... more) {
        byte[][] arguments = new byte[1 + more.length][];
        arguments[0] = RecordCodec.owner(lease.owner());
        System.arraycopy(more, 0, arguments, 1, more.length);
        return YES.equals(
                RedisFailures.translate(NAME, () -> script.run(redis.get(), keys.nameOf(lease.id()), arguments)));
    }

    private static Claim replay(byte[] value) {
        return new Claim.Replay(RecordCodec.answer(value), RecordCodec.completedAt(value));
    }

    private static byte[] millis(Duration duration) {
        return Long.toString(duration.toMillis()).getBytes(US_ASCII);
    }
}
