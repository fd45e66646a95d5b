package dev.idem.dropwizard.problem;

import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** What is known of bytes that are no request, by the place where Jetty's parser gave up. */
final class UnreadableRequestLine {
    private static final String PROXY_PROTOCOL =
            "If a proxy in front of this port has sent it, it may be using the PROXY protocol:"
                    + " turn that off there, or set useProxyProtocol on this connector.";

    private UnreadableRequestLine() {}

    /** A sentence for the client; empty if the parser's reason says it. */
    static Optional<String> sentence(@Nullable Throwable cause) {
        String reason = cause instanceof HttpException http ? String.valueOf(http.getReason()) : "";
        if (reason.startsWith("Illegal character CNTL=0x16")) { // of a handshake (RFC 8446, section 5.1)
            return Optional.of(
                    "The request begins as TLS does, and this port speaks HTTP without TLS. Use http://, or turn TLS off in"
                            + " the proxy in front of it.");
        }
        if (reason.matches("Illegal character CNTL=0x0\\b.*")) { // after empty lines, as in version 2 of the protocol
            return Optional.of("These bytes are no request. " + PROXY_PROTOCOL);
        }
        if (reason.startsWith("Illegal character SPACE") || reason.startsWith("HTTP/0.9")) {
            return Optional.of("The first line must be a method, a target without spaces, and the HTTP version. "
                    + PROXY_PROTOCOL);
        }
        return Optional.empty();
    }
}
