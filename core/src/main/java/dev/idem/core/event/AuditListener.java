package dev.idem.core.event;

/** Receives what happens to events, for metrics. An extension point: thread-safe, quick, must not throw. */
public interface AuditListener {

    /** The events are in the table. */
    default void written(int events) {}

    /** The events are lost: the queue was full, or the table refused them. */
    default void dropped(int events) {}

    /** Listens to nothing. */
    AuditListener NONE = new AuditListener() {};
}
