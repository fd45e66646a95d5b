package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Records in Redis, which decides claims while its generation is trusted. Each step is one script and one round trip.
 * Thread-safe; does not close the client.
 */
public final class RedisStore implements IdempotencyStore {
    /** This store's {@link #name()}. */
    public static final String NAME = RedisKeys.STORE;

    private final Supplier<UnifiedJedis> redis;
    private final Supplier<UnifiedJedis> heartbeats;
    private final RedisKeys keys;
    private final Supplier<Optional<Generation>> trusted;
    private volatile @Nullable GenerationScripts lastUsed;

    /**
     * Gets the client from {@code redis} at each call.
     *
     * @param redis may throw a {@link dev.idem.core.store.StoreUnavailableException}
     * @param keyPrefix the prefix of all our keys, such as {@code idem:}
     * @param trusted the trusted generation; empty while Redis is not the authoritative store
     */
    public RedisStore(Supplier<UnifiedJedis> redis, String keyPrefix, Supplier<Optional<Generation>> trusted) {
        this(redis, redis, keyPrefix, trusted);
    }

    /** @param heartbeats for the renewal of leases, and for their end while the other client has no connection free */
    RedisStore(
            Supplier<UnifiedJedis> redis,
            Supplier<UnifiedJedis> heartbeats,
            String keyPrefix,
            Supplier<Optional<Generation>> trusted) {
        this.redis = redis;
        this.heartbeats = heartbeats;
        this.keys = new RedisKeys(keyPrefix);
        this.trusted = trusted;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Claim claim(ClaimRequest request) {
        List<?> reply = run(
                redis,
                GenerationScripts::claim,
                request.id(),
                List.of(
                        request.fingerprint().bytes(),
                        RecordCodec.owner(request.owner()),
                        millis(request.lockTimeout()),
                        millis(request.ttl()),
                        RecordCodec.origin(request.origin()),
                        millis(request.windowLength().orElse(Duration.ZERO)),
                        new byte[] {(byte) (request.isWaiting() ? '1' : '0')}));
        char outcome = GenerationScripts.outcome(reply);
        return switch (outcome) {
            case 'A' ->
                new Claim.Acquired(new Lease(request, NAME, (Long) reply.get(1), ((Long) reply.get(2)).intValue()));
            case 'R' -> replay(request.id(), (byte[]) reply.get(1), Duration.ofMillis((Long) reply.get(2)));
            case 'F' -> new Claim.InFlight(RecordCodec.instant((Long) reply.get(1)), NAME);
            case 'K' -> new Claim.KeyReused();
            default -> throw new IllegalStateException("claim.lua answered " + outcome);
        };
    }

    private static Claim replay(RecordId id, byte[] value, Duration remaining) {
        try {
            return RecordCodec.replay(value, Optional.of(remaining));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(UnreadableRecord.of(NAME, id, e), e);
        }
    }

    @Override
    public boolean renew(Lease lease) {
        return ofOwner(
                heartbeats,
                GenerationScripts::renew,
                lease,
                millis(lease.request().ttl()));
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        return end(GenerationScripts::complete, lease, millis(lease.request().ttl()), AnswerCodec.encode(answer));
    }

    @Override
    public boolean abandon(Lease lease) {
        return end(GenerationScripts::abandon, lease);
    }

    /** What ends a lease must arrive, also while requests occupy all connections of the usual client. */
    private boolean end(Function<GenerationScripts, RedisScript> script, Lease lease, byte[]... more) {
        try {
            return ofOwner(redis, script, lease, more);
        } catch (StoreUnavailableException e) {
            if (!e.isBusy() || heartbeats == redis) {
                throw e;
            }
            return ofOwner(heartbeats, script, lease, more);
        }
    }

    @Override
    public void ping() {
        RedisFailures.translate(NAME, () -> redis.get().ping());
    }

    private boolean ofOwner(
            Supplier<UnifiedJedis> client,
            Function<GenerationScripts, RedisScript> script,
            Lease lease,
            byte[]... more) {
        byte[][] arguments = new byte[1 + more.length][];
        arguments[0] = RecordCodec.owner(lease.owner());
        System.arraycopy(more, 0, arguments, 1, more.length);
        return GenerationScripts.outcome(run(client, script, lease.id(), List.of(arguments))) == '1';
    }

    private List<?> run(
            Supplier<UnifiedJedis> client,
            Function<GenerationScripts, RedisScript> script,
            RecordId id,
            List<byte[]> arguments) {
        GenerationScripts scripts = scripts();
        return RedisFailures.translateOfRecord(
                NAME,
                id,
                () -> GenerationScripts.run(
                        script.apply(scripts), client.get(), List.of(keys.nameOf(id), keys.markerOf(id)), arguments));
    }

    private GenerationScripts scripts() {
        Generation generation = trusted.get()
                .orElseThrow(() -> new NotAuthoritativeException(NAME, "it may have lost or missed records"));
        GenerationScripts last = lastUsed;
        if (last == null || !last.generation().equals(generation)) {
            last = GenerationScripts.of(generation);
            lastUsed = last;
        }
        return last;
    }

    private static byte[] millis(Duration duration) {
        return Long.toString(duration.toMillis()).getBytes(US_ASCII);
    }
}
