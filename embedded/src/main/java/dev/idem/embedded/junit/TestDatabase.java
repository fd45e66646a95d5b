package dev.idem.embedded.junit;

import dev.idem.embedded.EphemeralPostgres;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An empty database, of this parameter alone, on the PostgreSQL that all tests of this JVM share. Thread-safe.
 */
public final class TestDatabase {
    private final String jdbcUrl;
    private final @Nullable EphemeralPostgres server;
    private final AtomicBoolean filled = new AtomicBoolean();

    TestDatabase(EphemeralPostgres server) {
        this.jdbcUrl = server.createDatabase();
        this.server = server;
    }

    /**
     * A database on a server of a test's own.
     *
     * @param jdbcUrl with user and password
     */
    public TestDatabase(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
        this.server = null;
    }

    /** With user and password. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /**
     * Makes this database a copy of a template, which is filled once in a JVM: copying tables takes a tenth of making them.
     * Only the first call does anything, and nobody may be connected to the database then.
     *
     * @param template its name, in lower-case letters
     * @param filler given the JDBC URL of what it is to fill, an empty database
     * @return this
     */
    public TestDatabase filledOnce(String template, Consumer<String> filler) {
        if (filled.compareAndSet(false, true)) {
            if (server == null) {
                filler.accept(jdbcUrl);
            } else {
                server.replaceByCopy(jdbcUrl, template, filler);
            }
        }
        return this;
    }
}
