package dev.idem.chaos.run;

import dev.idem.chaos.history.Workload;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What one or more clients ask for with one key.
 *
 * @param think how long each of the two steps of the method takes; empty leaves that to the node
 */
record Item(UUID key, String user, Workload workload, Optional<Duration> think) {
    private static final int USERS = 50;

    static Item random(SplittableRandom random, Workload workload) {
        return new Item(
                new UUID(random.nextLong(), random.nextLong()),
                "user" + random.nextInt(USERS),
                workload,
                Optional.empty());
    }

    static Item slow(Workload workload, Duration think) {
        return new Item(UUID.randomUUID(), "user", workload, Optional.of(think));
    }

    String body() {
        return "{\"item\":\"" + key + "\"}";
    }
}
