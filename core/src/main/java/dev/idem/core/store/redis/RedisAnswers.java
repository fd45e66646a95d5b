package dev.idem.core.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Answers that PostgreSQL has stored, within quick reach. An answer never changes, so that one found here is as good as
 * PostgreSQL's own, whether Redis is trusted or not; one not found says nothing. Thread-safe. Methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} when Redis does not answer.
 */
public final class RedisAnswers {
    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final RedisScript remember = RedisScript.load("remember.lua");

    /** As for {@link RedisStore}. */
    public RedisAnswers(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
    }

    /** A replay, or a reused key; empty unless the record is completed here. */
    public Optional<Claim> find(ClaimRequest request) {
        byte[] name = keys.nameOf(request.id());
        return Optional.ofNullable(RedisFailures.translate(
                        RedisStore.NAME, () -> redis.get().get(name)))
                .filter(RecordCodec::isCompleted)
                .map(value -> RecordCodec.fingerprint(value).equals(request.fingerprint())
                        ? RecordCodec.replay(value)
                        : new Claim.KeyReused());
    }

    public void remember(Lease lease, Answer answer) {
        byte[] ttl = Long.toString(lease.request().ttl().toMillis()).getBytes(US_ASCII);
        RedisFailures.translate(
                RedisStore.NAME,
                () -> remember.run(
                        redis.get(),
                        List.of(keys.nameOf(lease.id())),
                        List.of(RecordCodec.encode(lease, answer), ttl)));
    }
}
