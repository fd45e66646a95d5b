package dev.idem.gateway.route;

/** The {@code Host} that the upstream receives. */
public sealed interface HostHeader {

    /** The upstream's own. */
    record Upstream() implements HostHeader {}

    /** The one that the client sent. */
    record Preserve() implements HostHeader {}

    /** A fixed one. */
    record Literal(String value) implements HostHeader {}
}
