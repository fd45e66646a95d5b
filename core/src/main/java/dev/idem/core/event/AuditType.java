package dev.idem.core.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of events. Names are stored: add new ones, never change one. */
public enum AuditType {
    /** A repeat got the first answer, or a refusal while the first request executes. */
    DUPLICATE_PREVENTED,
    /** A key was reused with a different request. */
    KEY_REUSED,
    /** A repeat took over from a stale owner. */
    STALE_RECOVERED,
    /** A late owner's answer was refused. */
    FENCED,
    /** Failover: a node no longer uses Redis's decisions, and PostgreSQL is authoritative. */
    FAILOVER,
    /** Failback: Redis is authoritative again. */
    FAILOVER_ENDED,
    /** A store's circuit breaker opened after too many failures. */
    BREAKER_OPENED,
    BREAKER_CLOSED,
    ROLLOUT_CHANGED,
    /** An operator cleared, deleted, resolved or repaired records. */
    OPERATOR_ACTION,
    /** An event of a newer version, whose type this version does not know. */
    OTHER;

    /** The label, as stored and shown. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with this label; empty if there is none. */
    public static Optional<AuditType> of(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst();
    }
}
