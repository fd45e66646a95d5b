package dev.idem.gateway.route;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an upstream is reached. Routes with the same upstream share its connections, limits and breaker.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address, IPv6 in brackets
 * @param caFile PEM certificates of the trusted authorities; empty for the platform's
 * @param trustStore the same as a PKCS #12 or JKS file
 * @param trustStorePassword empty for none
 * @param connectTimeout how long a connection may take to open, without TLS
 * @param maxIdle how long an idle connection is kept; less than the upstream keeps it
 * @param maxAge how long a connection is used for new requests, since the host's name may lead elsewhere by then
 * @param maxConnections the most connections at a time; for HTTP/2, requests at a time
 * @param maxQueued how many requests may wait for a connection
 * @param breaker when the circuit breaker opens
 */
public record UpstreamSettings(
        String scheme,
        String host,
        int port,
        Protocol protocol,
        Optional<Path> caFile,
        Optional<Path> trustStore,
        Optional<String> trustStorePassword,
        Duration connectTimeout,
        Duration maxIdle,
        Duration maxAge,
        int maxConnections,
        int maxQueued,
        BreakerSettings breaker) {

    /** The protocol. */
    public enum Protocol {
        /** HTTP/1.1. */
        HTTP11,
        /** HTTP/2 without TLS, by prior knowledge (RFC 9113, section 3.3). */
        H2C
    }

    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** Host and port, without the scheme's default port. */
    public String authority() {
        return port == (isSecure() ? 443 : 80) ? host : host + ':' + port;
    }

    /** The address as a URL. */
    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
