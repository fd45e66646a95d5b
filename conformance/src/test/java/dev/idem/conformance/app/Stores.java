package dev.idem.conformance.app;

/**
 * Where an application's stores are.
 *
 * @param redis a URL
 * @param keyPrefix of this application's keys alone
 * @param database a JDBC URL
 */
public record Stores(String redis, String keyPrefix, String database) {
    /** Of a port on which nobody listens. */
    private static final String NO_REDIS = "redis://127.0.0.1:1";

    private static final String NO_DATABASE = "jdbc:postgresql://127.0.0.1:1/none?user=none&password=none";

    public Stores withoutRedis() {
        return new Stores(NO_REDIS, keyPrefix, database);
    }

    public Stores withoutDatabase() {
        return new Stores(redis, keyPrefix, NO_DATABASE);
    }
}
