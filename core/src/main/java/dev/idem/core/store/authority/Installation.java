package dev.idem.core.store.authority;

/**
 * A set of nodes that share one database. Immutable.
 *
 * @param id differs between any two databases, and between a database and its copy on another server. A role that may not know
 *     the server has an id without this last part
 * @param database its name and address, for operators
 */
public record Installation(String id, String database) {
    private static final char PART = '/';

    /** Whether it is the same one, as far as both ids tell. */
    public boolean is(Installation other) {
        return id.equals(other.id) || tellsMoreThan(other) || other.tellsMoreThan(this);
    }

    /** Whether it is the same one, as far as the other id tells, which lacks a part that this one has. */
    public boolean tellsMoreThan(Installation other) {
        return id.startsWith(other.id + PART);
    }
}
