package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.AnswerCache;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** Caches answers of the durable store in Redis, under the keys of their records. Thread-safe. */
public final class RedisAnswers implements AnswerCache {
    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final RedisScript remember = RedisScript.loadWithLayout("remember.lua");

    /** The parameters are those of {@link RedisStore}. */
    public RedisAnswers(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
    }

    @Override
    public Optional<Claim> find(ClaimRequest request) {
        byte[] name = keys.nameOf(request.id());
        return Optional.ofNullable(RedisFailures.translateOfRecord(
                        RedisStore.NAME, request.id(), () -> redis.get().get(name)))
                .filter(RecordCodec::isCompleted)
                .map(value -> told(request, value));
    }

    private static Claim told(ClaimRequest request, byte[] value) {
        if (!RecordCodec.fingerprint(value).equals(request.fingerprint())) {
            return new Claim.KeyReused();
        }
        try {
            return RecordCodec.replay(value, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(UnreadableRecord.of(RedisStore.NAME, request.id(), e), e);
        }
    }

    @Override
    public void remember(Lease lease, Answer answer) {
        remember(lease.id(), RecordCodec.encode(lease, answer), lease.request().ttl());
    }

    @Override
    public void remember(StoredRecord completed) {
        Duration life = Duration.between(completed.readAt(), completed.expiresAt());
        if (!life.isNegative() && !life.isZero()) {
            remember(completed.id(), RecordCodec.encode(completed), life);
        }
    }

    private void remember(RecordId id, byte[] value, Duration life) {
        byte[] millis = Long.toString(Math.max(1, life.toMillis())).getBytes(US_ASCII);
        RedisFailures.translate(
                RedisStore.NAME,
                () -> remember.run(
                        redis.get(), List.of(keys.nameOf(id), keys.tombstoneOf(id)), List.of(value, millis)));
    }
}
