package dev.idem.gateway.config;

import dev.idem.gateway.route.BreakerSettings;
import dev.idem.gateway.route.UpstreamSettings;
import dev.idem.gateway.route.UpstreamSettings.Protocol;
import dev.idem.gateway.upstream.PemTrustStore;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a route's upstream address and the connection settings that belong to it. */
final class UpstreamAddress {
    private static final int DEFAULT_CONNECTIONS = 256;
    private static final int DEFAULT_QUEUED = 1_024;

    /** Node.js, uvicorn and Apache close a connection that has been idle for 5 s. */
    private static final Duration KEPT = Duration.ofSeconds(4);

    /** The upstream's name may lead elsewhere by then. */
    private static final Duration OLD_AGE = Duration.ofMinutes(1);

    private UpstreamAddress() {}

    /** @throws IllegalArgumentException if a key is wrong; the message names it and what it should be */
    static UpstreamSettings of(RouteConfiguration route) {
        URI address = address(route.upstream());
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        Protocol protocol = protocol(route.protocol());
        if (secure && protocol == Protocol.H2C) {
            throw new IllegalArgumentException("protocol must be http/1.1 for an https upstream: h2c is without TLS");
        }
        if (!secure && (route.caFile() != null || route.trustStore() != null)) {
            throw new IllegalArgumentException("upstream must be https where caFile or trustStore is given");
        }
        return new UpstreamSettings(
                secure ? "https" : "http",
                address.getHost().toLowerCase(Locale.ROOT), // one upstream, whatever the case
                address.getPort() > 0 ? address.getPort() : secure ? 443 : 80,
                protocol,
                authorities(route.caFile()),
                trustStore(route.trustStore(), route.trustStorePassword()),
                Optional.ofNullable(route.trustStorePassword()),
                within("connectTimeout", route.connectTimeout(), Duration.ofSeconds(5)),
                within("maxIdle", route.maxIdle(), KEPT),
                within("maxAge", route.maxAge(), OLD_AGE),
                within("maxConnections", route.maxConnections(), DEFAULT_CONNECTIONS, 1),
                within("maxQueued", route.maxQueued(), DEFAULT_QUEUED, 0),
                route.breaker() == null
                        ? BreakerSettings.DEFAULT
                        : route.breaker().settings());
    }

    private static URI address(@Nullable String written) {
        String expected =
                "upstream must be http:// or https:// with a host and an optional port, without user, password"
                        + " or path"; // the value is not shown: it may contain a password
        try {
            URI address = new URI(written == null ? "" : written);
            boolean isHttp =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            boolean isBare = address.getRawPath() == null
                    || address.getRawPath().isEmpty()
                    || address.getRawPath().equals("/");
            if (!isHttp
                    || address.getHost() == null
                    || address.getPort() == 0
                    || address.getPort() > 65_535
                    || !isBare
                    || address.getRawQuery() != null
                    || address.getRawFragment() != null
                    || address.getUserInfo() != null) {
                throw new IllegalArgumentException(expected);
            }
            return address;
        } catch (URISyntaxException quotesIt) {
            throw new IllegalArgumentException(expected);
        }
    }

    private static Protocol protocol(@Nullable String written) {
        return switch (written == null ? "http/1.1" : written.toLowerCase(Locale.ROOT)) {
            case "http/1.1" -> Protocol.HTTP11;
            case "h2c" -> Protocol.H2C;
            default -> throw new IllegalArgumentException("protocol must be http/1.1 or h2c");
        };
    }

    private static Optional<Path> authorities(@Nullable String written) {
        Optional<Path> file = file("caFile", written);
        file.ifPresent(PemTrustStore::read); // so that a wrong one is found before it is used
        return file;
    }

    private static Optional<Path> trustStore(@Nullable String written, @Nullable String password) {
        Optional<Path> file = file("trustStore", written);
        try {
            if (file.isPresent()) {
                KeyStore unused =
                        KeyStore.getInstance(file.get().toFile(), password == null ? null : password.toCharArray());
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("trustStore must be a key store that trustStorePassword opens", e);
        }
    }

    private static Optional<Path> file(String key, @Nullable String written) {
        Optional<Path> file = Optional.ofNullable(written).map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw new IllegalArgumentException(key + " must be a readable file");
        }
        return file;
    }

    private static Duration within(String key, io.dropwizard.util.@Nullable Duration written, Duration otherwise) {
        Duration value = written == null ? otherwise : written.toJavaDuration();
        if (value.toMillis() < 1 || value.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(key + " must be 1ms to 5m, not " + written);
        }
        return value;
    }

    private static int within(String key, @Nullable Integer written, int otherwise, int least) {
        int value = written == null ? otherwise : written;
        if (value < least || value > 100_000) {
            throw new IllegalArgumentException(key + " must be " + least + " to 100000, not " + value);
        }
        return value;
    }
}
