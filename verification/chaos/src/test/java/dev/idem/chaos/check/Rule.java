package dev.idem.chaos.check;

/** What may be violated. */
public enum Rule {
    /** The atomic workload never has two effects for a key. */
    ONE_ATOMIC_EFFECT,
    /** The plain workload has two only if the first owner was lost, or in the window of {@link Consistency#FAST}. */
    ONE_PLAIN_EFFECT,
    /** All clients of a key get the same answer. */
    SAME_ANSWER,
    /** An effect that a client was told of was taken. */
    KNOWN_EFFECT,
    /** After the faults, a key is answered as before and takes no more effect. */
    STABLE_AFTERWARDS,
    /** Every request ends in time. */
    IN_TIME
}
