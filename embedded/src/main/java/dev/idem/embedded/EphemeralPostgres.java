package dev.idem.embedded;

import dev.idem.embedded.postgres.PostgresServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A separate PostgreSQL for a test. Data survives {@link #kill}, but would not survive a crash of the machine. */
public final class EphemeralPostgres extends EphemeralServer {

    private final PostgresServer server;
    private final AtomicLong databases = new AtomicLong();

    /** The name of the database that is the template, by what it is known by. */
    private final Map<String, String> templates = new HashMap<>();

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
        return server.createDatabase(newName());
    }

    /**
     * Returns the JDBC URL of a new database, a copy of a template. The first call creates the template.
     *
     * @param template what it is known by
     * @param filler given the JDBC URL of an empty database, which becomes the template; must leave no connection to it
     */
    public String createCopy(String template, Consumer<String> filler) {
        String filled;
        synchronized (templates) {
            filled = templates.get(template);
            if (filled == null) {
                filled = newName(); // another one after a filler has failed
                filler.accept(server.createDatabase(filled));
                templates.put(template, filled);
            }
        }
        return server.createCopy(newName(), filled);
    }

    private String newName() {
        return "test_" + databases.incrementAndGet();
    }
}
