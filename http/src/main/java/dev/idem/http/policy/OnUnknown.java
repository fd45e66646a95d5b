package dev.idem.http.policy;

/** What happens to a key when it is unknown whether its request took effect. */
public enum OnUnknown {
    /** It is free: the next repeat executes. */
    RELEASE,
    /** It is held: repeats are refused until an operator resolves it or it expires. */
    HOLD,
    /** The upstream is asked, and the key is held while it cannot tell. For the gateway's routes only. */
    PROBE
}
