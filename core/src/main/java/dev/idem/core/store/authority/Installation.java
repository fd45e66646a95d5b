package dev.idem.core.store.authority;

/**
 * A set of nodes that share one database. Immutable.
 *
 * @param id differs between any two databases, and between a database and its copy on another server
 * @param database its name and address, for operators
 */
public record Installation(String id, String database) {

    public boolean is(Installation other) {
        return id.equals(other.id);
    }
}
