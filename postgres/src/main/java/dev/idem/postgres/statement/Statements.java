package dev.idem.postgres.statement;

import org.jdbi.v3.core.locator.ClasspathSqlLocator;

/** The SQL files of the idempotency records, without their comments. */
public final class Statements {
    private static final String FOLDER = "dev/idem/postgres/";
    /** One for the process: each locator reads anew what it is asked for, and a file does not change. */
    private static final ClasspathSqlLocator FILES = ClasspathSqlLocator.removingComments();

    /**
     * A statement about heads, which is what follows {@code head.sql}.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public String loadForHeads(String name) {
        return load("head") + '\n' + load(name);
    }

    /** @throws IllegalArgumentException if there is no such file */
    public String load(String name) {
        return FILES.locate(FOLDER + name);
    }
}
