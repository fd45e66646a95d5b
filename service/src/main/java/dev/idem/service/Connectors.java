package dev.idem.service;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.http2.Http2ConnectorFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configured connectors. */
final class Connectors {
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private Connectors() {}

    /**
     * Dropwizard's own default for {@code h2} is one suite of TLS 1.2, which needs a certificate of RSA. These are what HTTP/2
     * may use (RFC 9113, section 9.2.2), with TLS 1.3 and elliptic curves.
     */
    static void allowModernCiphers(ServerFactory server) {
        for (ConnectorFactory connector : all(server)) {
            if (connector instanceof Http2ConnectorFactory secure && secure.getSupportedCipherSuites() == null) {
                secure.setSupportedCipherSuites(SUITES);
            }
        }
    }

    /**
     * Whether another machine may reach one of them. An address that is not known to be loopback counts as reachable.
     */
    static boolean listenBeyondLoopback(ServerFactory server) {
        return all(server).stream().anyMatch(connector -> !isLoopback(connector));
    }

    private static List<ConnectorFactory> all(ServerFactory server) {
        if (server instanceof DefaultServerFactory ports) {
            return Stream.concat(ports.getApplicationConnectors().stream(), ports.getAdminConnectors().stream())
                    .toList();
        }
        return List.of();
    }

    private static boolean isLoopback(ConnectorFactory connector) {
        return connector instanceof HttpConnectorFactory http && isLoopback(http.getBindHost());
    }

    private static boolean isLoopback(@Nullable String host) {
        try {
            return host != null
                    && !host.isBlank()
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the connector will report it
        }
    }
}
