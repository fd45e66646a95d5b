package dev.idem.embedded.junit;

import dev.idem.embedded.EphemeralPostgres;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A database of this parameter alone, on the PostgreSQL that all tests of this JVM share. It is created when it is first asked for:
 * empty, or as a copy of a template. Thread-safe.
 */
public final class TestDatabase {
    private final @Nullable EphemeralPostgres server;
    private @Nullable String jdbcUrl;
    private @Nullable String filledWith;

    TestDatabase(EphemeralPostgres server) {
        this.server = server;
    }

    /**
     * A database on a server of a test's own.
     *
     * @param jdbcUrl with user and password
     */
    public TestDatabase(String jdbcUrl) {
        this.server = null;
        this.jdbcUrl = jdbcUrl;
    }

    /** With user and password. */
    public synchronized String jdbcUrl() {
        String url = jdbcUrl;
        if (url == null) {
            url = Objects.requireNonNull(server).createDatabase();
            jdbcUrl = url;
        }
        return url;
    }

    /**
     * Makes this database a copy of a template, which is filled once in a JVM: copying tables takes a tenth of making them.
     * A database that exists already is filled itself. Only the first call does anything.
     *
     * @param template what it is known by
     * @param filler given the JDBC URL of what it is to fill, an empty database; it leaves no connection open
     * @return this
     * @throws IllegalStateException if another template has filled it
     */
    public synchronized TestDatabase filledOnce(String template, Consumer<String> filler) {
        if (filledWith != null && !filledWith.equals(template)) {
            throw new IllegalStateException("a copy of " + filledWith + " cannot become one of " + template);
        }
        if (filledWith == null) {
            fill(template, filler);
            filledWith = template;
        }
        return this;
    }

    private void fill(String template, Consumer<String> filler) {
        if (jdbcUrl == null) {
            jdbcUrl = Objects.requireNonNull(server).createCopy(template, filler);
        } else {
            filler.accept(jdbcUrl);
        }
    }
}
