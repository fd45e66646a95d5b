package dev.idem.embedded;

import java.util.concurrent.atomic.AtomicLong;

/** A PostgreSQL of one's own. Data survives {@link #kill}, but would not survive a crash of the machine. */
public final class EphemeralPostgres extends EphemeralServer {

    private final PostgresServer server;
    private final AtomicLong databases = new AtomicLong();

    private EphemeralPostgres(EphemeralDirectory directory, PostgresServer server) {
        super(directory, server);
        this.server = server;
    }

    public static EphemeralPostgres start() {
        EphemeralDirectory directory = EphemeralDirectory.create();
        return new EphemeralPostgres(directory, new PostgresServer(directory.server(), false));
    }

    /** Of the database {@code idem}, with user and password; stays the same over restarts. */
    public String jdbcUrl() {
        return running().url();
    }

    /** Returns the JDBC URL of a new, empty database. */
    public String createDatabase() {
        return server.createDatabase("test_" + databases.incrementAndGet());
    }
}
