package dev.idem.dropwizard.atomic;

/** The isolation of an atomic method's transactions. PostgreSQL has these levels; its READ UNCOMMITTED is READ COMMITTED. */
public enum Isolation {
    /** What the pool, the role or the database sets: READ COMMITTED, unless somebody has changed that. */
    DEFAULT,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE;

    /** As SQL has it, such as {@code REPEATABLE READ}. */
    String inSql() {
        return name().replace('_', ' ');
    }
}
