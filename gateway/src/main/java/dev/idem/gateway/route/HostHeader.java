package dev.idem.gateway.route;

/** What the upstream is told as its name. */
public sealed interface HostHeader {

    /** Its own. */
    record Upstream() implements HostHeader {}

    /** What the client has asked for. */
    record Preserve() implements HostHeader {}

    /** Always this. */
    record Literal(String value) implements HostHeader {}
}
