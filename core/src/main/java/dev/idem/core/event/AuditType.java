package dev.idem.core.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may have happened. Names are stored: add to them, never change one. */
public enum AuditType {
    /** A repeat got the first answer, or was told to wait for it. */
    DUPLICATE_PREVENTED,
    /** A key came with another request. */
    KEY_REUSED,
    /** A repeat took over from an owner that died. */
    STALE_RECOVERED,
    /** A late owner's answer was refused. */
    FENCED,
    /** A node no longer takes Redis's decisions: PostgreSQL decides. */
    FAILOVER,
    /** Redis decides again. */
    FAILOVER_ENDED,
    /** A store failed so often that it is left alone. */
    BREAKER_OPENED,
    BREAKER_CLOSED,
    ROLLOUT_CHANGED,
    /** Somebody cleared, deleted, resolved or repaired something. */
    OPERATOR_ACTION,
    /** Written by a newer version, which knows what it is. */
    OTHER;

    /** As it is stored and shown. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with this label; empty if there is none. */
    public static Optional<AuditType> of(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst();
    }
}
