package dev.idem.embedded;

import dev.idem.embedded.redis.RedisServer;

/** A separate Redis for a test. */
public final class EphemeralRedis extends EphemeralServer {
    /** How many numbered databases it has, unless it is durable. */
    public static final int DATABASES = RedisServer.DATABASES_OF_TESTS;

    private EphemeralRedis(EphemeralDirectory directory, boolean durable) {
        super(directory, new RedisServer(directory.server(), durable));
    }

    /** Writes nothing to disk: it is empty after a restart. */
    public static EphemeralRedis start() {
        return new EphemeralRedis(EphemeralDirectory.create(), false);
    }

    /** Keeps an append-only file, synced every second, like the embedded Redis of the service. */
    public static EphemeralRedis startDurable() {
        return new EphemeralRedis(EphemeralDirectory.create(), true);
    }

    /** {@code redis://:PASSWORD@127.0.0.1:PORT}; stays the same over restarts. */
    public String url() {
        return running().url();
    }
}
