package dev.idem.postgres.schema;

import org.jdbi.v3.core.locator.ClasspathSqlLocator;

/** The SQL that is run before and after migrations, without its comments. */
final class SchemaStatements {
    private static final String FOLDER = "dev/idem/postgres/schema/statements/";
    /** One for the process: each locator reads anew what it is asked for, and a file does not change. */
    private static final ClasspathSqlLocator FILES = ClasspathSqlLocator.removingComments();

    /** @throws IllegalArgumentException if there is no such file */
    String load(String name) {
        return FILES.locate(FOLDER + name);
    }
}
