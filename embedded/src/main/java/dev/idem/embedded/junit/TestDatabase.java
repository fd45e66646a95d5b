package dev.idem.embedded.junit;

import dev.idem.embedded.EphemeralPostgres;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An empty database, of this parameter alone, on the PostgreSQL that all tests of this JVM share. Thread-safe.
 */
public final class TestDatabase {
    private final String jdbcUrl;
    private final @Nullable EphemeralPostgres server;
    private final AtomicReference<@Nullable String> filledWith = new AtomicReference<>();

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
     * @throws IllegalStateException if another template has filled it
     */
    public TestDatabase filledOnce(String template, Consumer<String> filler) {
        String before = filledWith.compareAndExchange(null, template);
        if (before != null && !before.equals(template)) {
            throw new IllegalStateException("a copy of " + before + " cannot become one of " + template);
        }
        if (before == null) {
            if (server == null) {
                filler.accept(jdbcUrl);
            } else {
                server.replaceByCopy(jdbcUrl, template, filler);
            }
        }
        return this;
    }
}
