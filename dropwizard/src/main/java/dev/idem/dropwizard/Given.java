package dev.idem.dropwizard;

import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** What an application gives to the bundle. What it has forgotten stops the start, in a sentence that says what to do. */
final class Given {
    private static final String STORE = "open the store in IdempotencyBundle.open, or in a bundle that is added before"
            + " (bundles run in the order in which they are added; Application.run is called only after all of them)";

    private Given() {}

    /**
     * @param method of {@link IdempotencyBundle}
     * @param remedy what its author has to do
     * @throws IllegalStateException if it is null
     */
    static <T> T by(String method, @Nullable T value, String remedy) {
        if (value == null) {
            throw new IllegalStateException("IdempotencyBundle." + method + " returned null: " + remedy);
        }
        return value;
    }

    /**
     * How long something may take.
     *
     * @throws IllegalStateException if it is null, or no time
     */
    static Duration timeBy(String method, @Nullable Duration time) {
        String remedy = "return a time of at least 1 ms, such as 2.5 s";
        Duration given = by(method, time, remedy);
        if (given.toMillis() < 1) {
            throw new IllegalStateException("IdempotencyBundle." + method + " returned " + given + ": " + remedy);
        }
        return given;
    }

    /**
     * A store that is open.
     *
     * @throws IllegalStateException if it is null
     */
    static <T> T storeBy(String method, @Nullable T store) {
        return by(method, store, STORE);
    }

    /**
     * A client of Redis that is open, or will be as soon as Redis is available.
     *
     * @throws IllegalStateException if it is null, gives null, or fails for another reason than Redis
     */
    static Supplier<UnifiedJedis> clientBy(String method, @Nullable Supplier<UnifiedJedis> client) {
        Supplier<UnifiedJedis> given = storeBy(method, client);
        @Nullable UnifiedJedis open;
        try {
            open = given.get();
        } catch (StoreUnavailableException | JedisException later) {
            return given;
        } catch (RuntimeException e) {
            throw new IllegalStateException("IdempotencyBundle." + method + ".get() failed: " + STORE, e);
        }
        storeBy(method + ".get()", open);
        return given;
    }
}
