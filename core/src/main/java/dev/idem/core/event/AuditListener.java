package dev.idem.core.event;

/** Learns what becomes of events, for metrics. An extension point: thread-safe, quick, must not throw. */
public interface AuditListener {

    /** They are in the table. */
    default void written(int events) {}

    /** They are lost: there was no room for them, or the table refused them. */
    default void dropped(int events) {}

    /** Listens to nothing. */
    AuditListener NONE = new AuditListener() {};
}
