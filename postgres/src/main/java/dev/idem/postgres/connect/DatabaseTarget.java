package dev.idem.postgres.connect;

import dev.idem.core.connect.Credentials;

/** Which PostgreSQL to use: the embedded one or an external one. Immutable. */
public sealed interface DatabaseTarget {

    /** A short description of the address, without a password. */
    String describe();

    /** The server that the service starts, and whose data is in the data directory. */
    record Embedded() implements DatabaseTarget {
        @Override
        public String describe() {
            return "embedded";
        }
    }

    /**
     * A database that the service reaches over the network.
     *
     * @param jdbcUrl for the PostgreSQL driver, without user and password: safe to show
     * @param credentials the login; the driver supplies missing parts (a password file, the system's user)
     */
    record External(String jdbcUrl, Credentials credentials) implements DatabaseTarget {

        @Override
        public String describe() {
            int query = jdbcUrl.indexOf('?');
            return query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
        }

        @Override
        public String toString() {
            return describe();
        }
    }

    /**
     * Reads the setting {@code database.url}: {@code embedded}, a {@code jdbc:postgresql:} URL, or
     * {@code postgres://user:password@host:port/database?sslmode=…} (also {@code postgresql://}; several hosts are
     * separated by commas; user info is percent-decoded). Parameters of libpq become the JDBC driver's; the driver's own are taken
     * as they are.
     *
     * @throws IllegalArgumentException naming the setting and what it should be, never a password; also for a parameter that
     *     means nothing to the driver
     */
    static DatabaseTarget parse(String url) {
        return DatabaseTargetParser.parse(url);
    }
}
