package dev.idem.admin.stores;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.authority.Installation;
import dev.idem.redis.RedisOwner;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Redis, unless it belongs to another installation: then no command takes that one's records for its own. Looks once. For one
 * command.
 */
final class OwnRedis implements Supplier<UnifiedJedis> {
    private final Supplier<UnifiedJedis> redis;
    private final RedisOwner owner;
    private final Supplier<Optional<Installation>> ours;
    private boolean isOurs;

    /** @param ours empty if the database is unavailable, so that nobody knows */
    OwnRedis(Supplier<UnifiedJedis> redis, String keyPrefix, Supplier<Optional<Installation>> ours) {
        this.redis = redis;
        this.owner = new RedisOwner(redis, keyPrefix);
        this.ours = ours;
    }

    @Override
    public synchronized UnifiedJedis get() {
        if (!isOurs) {
            owner.find().ifPresent(this::require);
            isOurs = true;
        }
        return redis.get();
    }

    private void require(Installation found) {
        if (ours.get().filter(installation -> !installation.is(found)).isPresent()) {
            throw new StoreUnavailableException(
                    RedisAccess.NAME,
                    UnavailableReason.WRONG_SERVER,
                    "it belongs to another installation, with the database " + found.database(),
                    "Set redis.keyPrefix, or another redis.url. If this database has replaced that one: idem-admin adopt.",
                    null);
        }
    }
}
