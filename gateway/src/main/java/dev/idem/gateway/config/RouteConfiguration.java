package dev.idem.gateway.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.idem.core.engine.Policy;
import dev.idem.gateway.body.MinimumBodyRate;
import dev.idem.gateway.route.ForwardedOriginHeaders;
import dev.idem.gateway.route.HostHeader;
import dev.idem.gateway.route.JwtSettings;
import dev.idem.gateway.route.KeyPathTemplate;
import dev.idem.gateway.route.ReplayAuth;
import dev.idem.gateway.route.RoutePath;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.route.ScopeRule;
import dev.idem.http.config.PolicyConfiguration;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicy;
import io.dropwizard.util.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of {@code gateway.routes}, as configured; docs/gateway.md describes each key. */
@SuppressWarnings("TooManyParameters") // one for each key of the section
public record RouteConfiguration(
        @Nullable String prefix,
        @Nullable String upstream,
        @Nullable String protocol,
        @Nullable String caFile,
        @Nullable String trustStore,
        @Nullable String trustStorePassword,
        @Nullable Duration connectTimeout,
        @Nullable Duration maxIdle,
        @Nullable Duration maxAge,
        @Nullable Integer maxConnections,
        @Nullable Integer maxQueued,
        @Nullable BreakerConfiguration breaker,
        @Nullable ScopeConfiguration scope,
        @Nullable JwtConfiguration jwt,
        @Nullable String replayAuth,
        @Nullable String replayAuthPath,
        @Nullable Duration timeout,
        @Nullable BodyConfiguration requestBody,
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable Set<String> methods,
        @Nullable PolicyConfiguration policy,
        @Nullable String upstreamKeyHeader,
        @Nullable ProbeConfiguration probe,
        @Nullable String host,
        @Nullable Boolean trustForwarded) {
    private static final String HEADER_NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** @param path begins with a slash and contains {@code {key}} */
    public record ProbeConfiguration(@Nullable String path) {}

    /** @throws IllegalArgumentException if a key is wrong; the message names it and what it should be */
    RouteSettings over(RoutePolicy usual) {
        ScopeRule scopeRule = scope == null ? new ScopeRule.Header("authorization") : scope.rule();
        ReplayAuth shown = shownForReplays();
        Optional<JwtSettings> tokens = Optional.ofNullable(jwt).map(JwtConfiguration::settings);
        if (tokens.isEmpty() && (scopeRule instanceof ScopeRule.Claim || shown instanceof ReplayAuth.Jwt)) {
            throw new IllegalArgumentException(
                    "jwt must have a secret or a publicKey, since scope or replayAuth uses it");
        }
        Optional<KeyPathTemplate> asked = Optional.ofNullable(probe).map(RouteConfiguration::probePath);
        RoutePolicy rules = rules(usual, scopeRule, asked);
        RouteSettings read = believable(new RouteSettings(
                RoutePrefix.checked(prefix),
                UpstreamAddress.of(this),
                scopeRule,
                patience(),
                requestBody == null ? MinimumBodyRate.DEFAULT : requestBody.pace(),
                rules,
                tokens,
                shown,
                Optional.ofNullable(upstreamKeyHeader).map(name -> header("upstreamKeyHeader", name)),
                asked,
                hostHeader(),
                Boolean.TRUE.equals(trustForwarded)));
        RouteConflicts.refuse(this, read);
        return read;
    }

    /** This route; another route for the same upstream fills in upstream keys that are not set here. */
    RouteConfiguration completedBy(RouteConfiguration other) {
        return new RouteConfiguration(
                prefix,
                upstream,
                either(protocol, other.protocol),
                either(caFile, other.caFile),
                either(trustStore, other.trustStore),
                either(trustStorePassword, other.trustStorePassword),
                either(connectTimeout, other.connectTimeout),
                either(maxIdle, other.maxIdle),
                either(maxAge, other.maxAge),
                either(maxConnections, other.maxConnections),
                either(maxQueued, other.maxQueued),
                breaker == null || other.breaker == null
                        ? either(breaker, other.breaker)
                        : breaker.completedBy(other.breaker),
                scope,
                jwt,
                replayAuth,
                replayAuthPath,
                timeout,
                requestBody,
                methods,
                policy,
                upstreamKeyHeader,
                probe,
                host,
                trustForwarded);
    }

    private static <T> @Nullable T either(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }

    private RoutePolicy rules(RoutePolicy usual, ScopeRule scopeRule, Optional<KeyPathTemplate> asked) {
        RoutePolicy base = GatewayPolicy.over(usual);
        RoutePolicy written = policy == null ? base : policy.over(base);
        if (scopeRule instanceof ScopeRule.None && !written.comparison().strangers()) {
            written = written.with(written.comparison().withKeyOnly());
        }
        if (asked.isPresent() && written.onUnknown() == OnUnknown.PROBE) {
            written = written.with(ProbeKeyFormat.of(written.keys(), asked.get()));
        }
        requireOneCallerToAScope(scopeRule, written);
        return methods == null ? written : GatewayPolicy.with(written, methods);
    }

    /** One caller could use up what all callers of the scope have together. */
    private static void requireOneCallerToAScope(ScopeRule scopeRule, RoutePolicy written) {
        if (scopeRule instanceof ScopeRule.None && written.engine().maxInFlightPerScope() != Policy.UNBOUNDED) {
            throw new IllegalArgumentException("policy.maxInFlightPerScope must be 0 for this route, since its scope is"
                    + " none: all callers would share the bound, and one could use it up");
        }
    }

    /** Headers that are removed from client requests cannot tell callers apart. */
    private static RouteSettings believable(RouteSettings route) {
        if (!route.trustForwarded()) {
            route.headersItGoesBy().stream()
                    .filter(ForwardedOriginHeaders::include)
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException("trustForwarded must be true, because the route uses " + name
                                + ", which only a proxy of yours may send");
                    });
        }
        return route;
    }

    private java.time.Duration patience() {
        java.time.Duration length = timeout == null ? java.time.Duration.ofSeconds(30) : timeout.toJavaDuration();
        if (length.toMillis() < 1 || length.compareTo(java.time.Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("timeout must be 1ms to 1d, not " + timeout);
        }
        return length;
    }

    private ReplayAuth shownForReplays() {
        String word = replayAuth == null ? "none" : replayAuth.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "none" -> new ReplayAuth.None();
            case "jwt" -> new ReplayAuth.Jwt();
            case "probe" -> new ReplayAuth.Probe(path("replayAuthPath", replayAuthPath));
            default -> throw new IllegalArgumentException("replayAuth must be none, jwt or probe");
        };
    }

    private HostHeader hostHeader() {
        String word = host == null ? "upstream" : host;
        if (!word.matches("[A-Za-z0-9.:\\[\\]_-]+")) {
            throw new IllegalArgumentException("host must be upstream, preserve, or a host's name");
        }
        return switch (word) {
            case "upstream" -> new HostHeader.Upstream();
            case "preserve" -> new HostHeader.Preserve();
            default -> new HostHeader.Literal(word);
        };
    }

    private static KeyPathTemplate probePath(ProbeConfiguration probe) {
        String path = path("probe.path", probe.path());
        if (!path.contains("{key}")) {
            throw new IllegalArgumentException("probe.path must have {key} in it, such as /orders/by-key/{key}");
        }
        return new KeyPathTemplate(path);
    }

    private static String path(String name, @Nullable String path) {
        if (path == null
                || !path.matches("/[!-~&&[^#\\\\]]*")
                || new RoutePath(path.replaceFirst("\\?.*", "")).hasDotSegment()) {
            throw new IllegalArgumentException(name + " must be a path such as /me, without dot segments");
        }
        return path;
    }

    static String header(String key, String name) {
        if (!name.matches(HEADER_NAME)) {
            throw new IllegalArgumentException(key + " must be the name of a header");
        }
        return name;
    }

    /** Without secrets, which a URL may contain, too. */
    @Override
    public String toString() {
        return "RouteConfiguration[prefix=" + prefix + "]";
    }
}
