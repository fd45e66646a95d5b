package dev.idem.chaos.wire;

/** What a wire does to the bytes that it carries. */
public enum Trouble {
    NONE,
    /** Each piece arrives late, by {@link FaultyWire#LATENCY}. */
    LATENCY,
    /** Connections are taken and nothing arrives; as with lost packets, what was sent arrives when the trouble ends. */
    BLACK_HOLE,
    /** Connections are closed, old and new ones. */
    RESET
}
