package dev.idem.postgres.connect;

import dev.idem.core.connect.Credentials;

/** Which PostgreSQL: the embedded one, or one that somebody else runs. */
public sealed interface DatabaseTarget {

    /** Where it is, in a few words and without a password. */
    String describe();

    /** The server that is started with the service and keeps its data in the data directory. */
    record Embedded() implements DatabaseTarget {
        @Override
        public String describe() {
            return "embedded";
        }
    }

    /**
     * A database that is reached over the network.
     *
     * @param jdbcUrl for the PostgreSQL driver, without user and password: safe to show
     * @param credentials who logs in; absent parts are left to the driver (a password file, the system's user)
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
     * separated by commas; user info is percent-decoded). Of libpq's parameters, {@code application_name},
     * {@code channel_binding} and {@code connect_timeout} get the names that the JDBC driver gives them; others are
     * passed on as they are.
     *
     * @throws IllegalArgumentException naming the setting and what it should be, never a password
     */
    static DatabaseTarget parse(String url) {
        return DatabaseTargetParser.parse(url);
    }
}
