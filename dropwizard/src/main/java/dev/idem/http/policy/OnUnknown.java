package dev.idem.http.policy;

/** What becomes of a key when nobody knows whether its request took effect. */
public enum OnUnknown {
    /** It is free: the next repeat executes. */
    RELEASE,
    /** It is held: repeats are refused until an operator decides, or its time to live is over. */
    HOLD,
    /** Who has executed it is asked what happened; held while that gives no answer. Only routes of the gateway can ask. */
    PROBE
}
