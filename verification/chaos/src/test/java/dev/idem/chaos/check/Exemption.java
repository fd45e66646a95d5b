package dev.idem.chaos.check;

import java.time.Duration;

/** Why a second effect is no violation. */
public sealed interface Exemption {

    /** The first owner was killed, or silent for so long that it counted as dead. */
    record OwnerLost() implements Exemption {}

    /**
     * Redis was lost around the claim, before PostgreSQL had learnt of it.
     *
     * @param width how far the fault was from the claim; negative if the fault came first
     */
    record RedisLost(Duration width) implements Exemption {}
}
