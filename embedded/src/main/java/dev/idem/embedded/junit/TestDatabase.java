package dev.idem.embedded.junit;

/**
 * An empty database, of this parameter alone, on the PostgreSQL that all tests of this JVM share.
 *
 * @param jdbcUrl with user and password
 */
public record TestDatabase(String jdbcUrl) {}
