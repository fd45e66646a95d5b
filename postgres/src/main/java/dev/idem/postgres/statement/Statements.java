package dev.idem.postgres.statement;

import org.jdbi.v3.core.locator.ClasspathSqlLocator;

/** The SQL files of the idempotency records, without their comments. */
public final class Statements {
    private static final String FOLDER = "dev/idem/postgres/";

    private final ClasspathSqlLocator files = ClasspathSqlLocator.removingComments();

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
        return files.locate(FOLDER + name);
    }
}
