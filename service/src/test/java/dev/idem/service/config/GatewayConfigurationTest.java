package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.idem.gateway.body.MinimumBodyRate;
import dev.idem.gateway.config.GatewayConfiguration;
import dev.idem.gateway.route.BreakerSettings;
import dev.idem.gateway.route.HostHeader;
import dev.idem.gateway.route.ReplayAuth;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.route.ScopeRule;
import dev.idem.gateway.route.UpstreamSettings;
import dev.idem.http.config.PolicyConfiguration;
import dev.idem.http.key.KeyFormat;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicy;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.jackson.Jackson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigurationTest {
    private static final ObjectMapper YAML =
            Jackson.newObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static List<RouteSettings> read(String routes) throws JsonProcessingException {
        return YAML.readValue("routes:\n" + routes.indent(2), GatewayConfiguration.class)
                .over(RoutePolicy.DEFAULT);
    }

    @Test
    void aRouteThatSaysLittleHasDefaults() throws Exception {
        RouteSettings route = read("- { prefix: /orders/, upstream: 'http://localhost:9000' }")
                .get(0);

        assertThat(route.prefix()).isEqualTo("/orders");
        assertThat(route.upstream().authority()).isEqualTo("localhost:9000");
        assertThat(route.upstream().protocol()).isEqualTo(UpstreamSettings.Protocol.HTTP11);
        assertThat(route.scope()).isEqualTo(new ScopeRule.Header("authorization"));
        assertThat(route.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(route.requestBody())
                .isEqualTo(new MinimumBodyRate(240, Duration.ofSeconds(10), Duration.ofHours(1)));
        assertThat(route.upstream().breaker()).isEqualTo(new BreakerSettings(20, 10, 50, Duration.ofSeconds(5)));
        assertThat(route.policy().keys().format()).isEqualTo(KeyFormat.ANY);
        assertThat(route.policy().stored().keeps(404)).isFalse();
        assertThat(route.policy().stored().keeps(409)).isTrue();
        assertThat(route.policy().methods()).isEqualTo(RoutePolicy.CHANGING);
        assertThat(route.replayAuth()).isEqualTo(new ReplayAuth.None());
        assertThat(route.host()).isEqualTo(new HostHeader.Upstream());
        assertThat(route.trustForwarded()).isFalse();
    }

    @Test
    void aRouteMaySayMuch() throws Exception {
        RouteSettings route = read("""
                - prefix: /payments
                  upstream: https://payments.example
                  scope: { jwtClaim: sub }
                  jwt: { secret: 'a secret of at least thirty-two bytes' }
                  timeout: 10s
                  methods: [POST]
                  policy: { keyFormat: uuid, notStored: [429], onUnknown: probe }
                  probe: { path: '/payments/by-key/{key}' }
                  replayAuth: probe
                  replayAuthPath: /me
                  host: preserve
                """).get(0);

        assertThat(route.upstream().toString()).isEqualTo("https://payments.example");
        assertThat(route.scope()).isEqualTo(new ScopeRule.Claim("sub"));
        assertThat(route.policy().methods()).isEqualTo(Set.of("POST"));
        assertThat(route.policy().keys().format()).isEqualTo(KeyFormat.UUID);
        assertThat(route.policy().stored().keeps(404)).isTrue();
        assertThat(route.policy().onUnknown()).isEqualTo(OnUnknown.PROBE);
        assertThat(route.replayAuth()).isEqualTo(new ReplayAuth.Probe("/me"));
        assertThat(route.host()).isEqualTo(new HostHeader.Preserve());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            policy: { onUnknown: probe }                                 | probe must have a path, since policy.onUnknown is probe
            probe: { path: '/by/{key}' }, policy: { onUnknown: probe, maxStoredBody: 0B } | policy.maxStoredBody must be more than 0B
            jwt: { secret: 'a secret of at least thirty-two bytes' }     | jwt must be left out, or scope or replayAuth must use it
            jwt: { secret: 'a secret of at least thirty-two bytes' }, scope: x-tenant, replayAuth: probe, replayAuthPath: /me | jwt must be left out
            replayAuthPath: /me                                          | replayAuthPath must be left out, or replayAuth must be probe
            replayAuthPath: /me, replayAuth: none                        | replayAuthPath must be left out
            requestBody: { minRate: 0B, within: 5s }                     | requestBody.within must be left out
            policy: { maxStoredBody: 1KiB, compressAbove: 1KiB }         | policy.compressAbove must be less than policy.maxStoredBody
            policy: { lateAnswer: 1m }                                   | policy.lateAnswer must be left out: the route's timeout says
            trustStorePassword: hush                                     | trustStorePassword must be left out, or trustStore must name
            methods: [POST], policy: { methods: [PUT] }                  | policy.methods must be left out where methods is given
            probe: { path: '/by/{key}' }                                 | probe must be left out, or policy.onUnknown must be probe
            policy: { maxStoredBody: 0B, compressAbove: 1KiB }           | policy.compressAbove must be less than policy.maxStoredBody
            """)
    void keysThatContradictEachOtherOrHaveNoEffectStopTheStart(String keys, String message) {
        assertThatThrownBy(() -> ReadConfiguration.of(
                        "gateway: { routes: [{ prefix: /x, upstream: 'http://a', " + keys + " }] }\n"))
                .hasMessageContaining(message);
    }

    @Test
    void whatAllRoutesInheritContradictsARouteToo() {
        assertThatThrownBy(() -> ReadConfiguration.of("""
                        idempotency: { policy: { maxStoredBody: 0B } }
                        gateway: { routes: [{ prefix: /x, upstream: 'http://a', probe: { path: '/{key}' }, policy: { onUnknown: probe } }] }
                        """))
                .hasMessageContaining("gateway.routes[0].policy.maxStoredBody must be more than 0B");
        assertThatThrownBy(() -> ReadConfiguration.of("idempotency: { policy: { onUnknown: probe } }\n"))
                .hasMessageContaining("idempotency.policy.onUnknown must be release or hold");
        assertThatThrownBy(() -> ReadConfiguration.of("idempotency: { policies: { slow: { onUnknown: probe } } }\n"))
                .hasMessageContaining("idempotency.policies.slow.onUnknown must be release or hold");
        assertThatNoException().isThrownBy(() -> ReadConfiguration.of("""
                        idempotency: { policy: { lateAnswer: 1m, methods: [POST, PUT] } }
                        gateway: { routes: [{ prefix: /x, upstream: 'http://a', methods: [POST] }] }
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upstream: 'http://a'                            | prefix must be a path",
                "prefix: orders, upstream: 'http://a'            | prefix must be a path",
                "prefix: /a/../b, upstream: 'http://a'           | prefix must be a path without dot segments",
                "prefix: /api/auth/login, upstream: 'http://a'   | prefix must be outside the paths of the service itself, not /api/auth/login",
                "prefix: /api/v1/shares/, upstream: 'http://a'   | prefix must be outside the paths of the service itself, not /api/v1/shares",
                "prefix: /api/v1/executions, upstream: 'http://a'| prefix must be outside the paths of the service itself, not /api/v1/executions",
                "prefix: /problems/key-reused, upstream: 'http://a' | prefix must be outside the paths of the service itself, not /problems/key-reused",
                "prefix: /console, upstream: 'http://a'          | prefix must be outside the paths of the service itself, not /console",
                "prefix: /console/x, upstream: 'http://a'        | prefix must be outside the paths of the service itself, not /console",
                "prefix: /openapi.json, upstream: 'http://a'     | prefix must be outside the paths of the service itself, not /openapi.json",
                "prefix: /x                                      | upstream must be http://",
                "prefix: /x, upstream: 'ftp://a'                 | upstream must be http://",
                "prefix: /x, upstream: 'http://a/path'           | upstream must be http://",
                "prefix: /x, upstream: 'http://u:p@a'            | upstream must be http://",
                "prefix: /x, upstream: 'http://a:0'              | upstream must be http://",
                "prefix: /x, upstream: 'http://a:65536'          | upstream must be http://",
                "prefix: /x, upstream: 'http://a', timeout: 2d   | timeout must be 1ms to 1d",
                "prefix: /x, upstream: 'http://a', protocol: h3  | protocol must be http/1.1 or h2c",
                "prefix: /x, upstream: 'https://a', protocol: h2c| protocol must be http/1.1 for an https upstream",
                "prefix: /x, upstream: 'http://a', caFile: /no   | upstream must be https where caFile",
                "prefix: /x, upstream: 'https://a', caFile: /no  | caFile must be a readable file",
                "prefix: /x, upstream: 'https://a', caFile: pom.xml | caFile must have certificates in PEM",
                "prefix: /x, upstream: 'https://a', trustStore: pom.xml | trustStore must be a key store that trustStorePassword opens",
                "prefix: /x, upstream: 'http://a', scope: {jwtClaim: sub} | jwt must have a secret or a publicKey",
                "prefix: /x, upstream: 'http://a', jwt: {secret: short}   | jwt.secret must have at least 32 bytes",
                "prefix: /x, upstream: 'http://a', jwt: {publicKey: /no}  | jwt.publicKey must be PEM",
                "prefix: /x, upstream: 'http://a', replayAuth: ask        | replayAuth must be none, jwt or probe",
                "prefix: /x, upstream: 'http://a', replayAuth: probe      | replayAuthPath must be a path",
                "prefix: /x, upstream: 'http://a', policy: {onUnknown: probe} | probe must have a path",
                "prefix: /x, upstream: 'http://a', probe: {path: /by-key} | probe.path must have {key} in it",
                "prefix: /x, upstream: 'http://a', probe: {path: '/../{key}'} | probe.path must be a path",
                "prefix: /x, upstream: 'http://a', probe: {path: '/a#{key}'}  | probe.path must be a path",
                "prefix: /x, upstream: 'http://a', replayAuth: probe, replayAuthPath: /%2e/me | replayAuthPath must be a path",
                "prefix: /x, upstream: 'http://a', scope: X-Real-IP           | trustForwarded must be true, because",
                "prefix: /x, upstream: 'http://a', policy: {fingerprint: {headers: [X-Forwarded-User]}} | trustForwarded must",
                "prefix: /x, upstream: 'http://a', policy: {fingerprint: {callers: {headers: [Client-Cert]}}} | trustForwarded",
                "prefix: /x, upstream: 'http://a', host: 'a b'            | host must be upstream, preserve",
                "prefix: /x, upstream: 'http://a', maxConnections: 0      | maxConnections must be 1 to 100000",
                "prefix: /x, upstream: 'http://a', maxIdle: 0s             | maxIdle must be 1ms to 5m",
                "prefix: /x, upstream: 'http://a', maxIdle: 1h             | maxIdle must be 1ms to 5m",
                "prefix: /x, upstream: 'http://a', maxAge: 1h              | maxAge must be 1ms to 5m",
                "prefix: /x, upstream: 'http://a', connectTimeout: 0s      | connectTimeout must be 1ms to 5m",
                "prefix: /x, upstream: 'http://a', upstreamKeyHeader: 'a b' | upstreamKeyHeader must be the name of a header",
                "prefix: /x, upstream: 'http://a', methods: [GET]         | policy.methods must be of POST",
                "prefix: /first, upstream: 'http://a'                     | prefix must differ from that of every earlier route",
                "prefix: /x, upstream: 'http://a', requestBody: {minRate: 2GiB} | requestBody.minRate must be 0B to 1GiB",
                "prefix: /x, upstream: 'http://a', requestBody: {within: 0s} | requestBody.within must be 1ms to 1h",
                "prefix: /x, upstream: 'http://a', requestBody: {longest: 2d} | requestBody.longest must be 1ms to 24h",
                "prefix: /x, upstream: 'http://a', breaker: {window: 0}   | breaker.window must be 1 to 10000",
                "prefix: /x, upstream: 'http://a', breaker: {window: 5, minimumCalls: 6} | breaker.minimumCalls must be 1 to 5",
                "prefix: /x, upstream: 'http://a', breaker: {failureRate: 101} | breaker.failureRate must be 1 to 100",
                "prefix: /x, upstream: 'http://a', breaker: {pause: 61m}  | breaker.pause must be 1ms to 1h"
            })
    void whatIsWrongIsNamed(String route, String message) {
        assertThatThrownBy(() -> read("- { prefix: /first, upstream: 'http://a' }\n- { " + route + " }\n"))
                .hasMessageContaining("gateway.routes[1]." + message);
    }

    /** A URL may have a password, and a secret may stand in the wrong place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "prefix: 'http://u:hush@a'",
                "upstream: 'http://u:hush@a'",
                "upstream: 'http://u:hush @a'",
                "upstream: 'http:u:hush@a'",
                "upstream: 'redis://u:hush@a'",
                "upstream: 'http://u:hush@a_b'",
                "upstream: 'http://a/?password=hush'",
                "upstream: { url: hush }",
                "host: 'http://u:hush@a'",
                "protocol: 'http://u:hush@a'",
                "replayAuth: 'http://u:hush@a'",
                "replayAuth: probe, replayAuthPath: 'http://u:hush@a/me'",
                "probe: { path: 'http://u:hush@a/{key}' }",
                "scope: 'http://u:hush@a'",
                "scope: { jwt: { secret: hush } }",
                "upstreamKeyHeader: 'http://u:hush@a'",
                "upstream: 'https://a', caFile: 'http://u:hush@a'",
                "upstream: 'https://a', trustStore: 'http://u:hush@a'",
                "jwt: { secret: hush }",
                "jwt: { publicKey: hush }",
                "jwt: { publicKey: '-----BEGIN hush' }",
                "policy: { keyHeader: 'http://u:hush@a' }",
                "policy: { fingerprint: { headers: ['http://u:hush@a'] } }",
                "policy: { fingerprint: { ignore: ['http://u:hush@a'] } }",
                "policy: { fingerprint: { callers: { cookies: ['http://u:hush@a'] } } }"
            })
    void noErrorShowsWhatStandsThere(String wrong) {
        String prefix = wrong.startsWith("prefix") ? "" : "prefix: /x, ";
        String upstream = wrong.startsWith("upstream:") ? "" : "upstream: 'http://a', ";
        String file = "gateway: { routes: [ { " + prefix + upstream + wrong + " } ] }";

        assertThatThrownBy(() -> ReadConfiguration.of(file))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains("gateway").doesNotContain("hush"));
    }

    @Test
    void aRouteMayTakeWhatTheServiceDoesNotAnswer() throws Exception {
        for (String prefix :
                List.of("/", "/api", "/api/v1", "/api/v1/orders", "/api/v1/admin", "/problems", "/problems/of-ours")) {
            assertThat(read("- { prefix: " + prefix + ", upstream: 'http://a' }")
                            .get(0)
                            .prefix())
                    .isEqualTo(prefix);
        }
    }

    @Test
    void whereAllCallersAreOneRequestsWithoutAKeyAreComparedOnDemandOnly() throws Exception {
        Duration second = Duration.ofSeconds(1);
        String route = "- { prefix: /x, upstream: 'http://a', scope: none, policy: { fingerprint: { %s } } }";

        assertThat(read(route.formatted("")).get(0).policy().comparison().window())
                .isEmpty();
        assertThat(read(route.formatted("headers: [X-Tenant]")).get(0).policy().comparison())
                .satisfies(comparison -> assertThat(comparison.window()).isEmpty())
                .satisfies(
                        comparison -> assertThat(comparison.rules().headers()).containsExactly("x-tenant"));
        assertThat(read(route.formatted("window: 1s"))
                        .get(0)
                        .policy()
                        .comparison()
                        .window())
                .contains(second);
        assertThat(read(route.formatted("enabled: true"))
                        .get(0)
                        .policy()
                        .comparison()
                        .window())
                .isPresent();
    }

    @Test
    void whereAllCallersAreOneNobodyMayUseUpTheirBound() throws Exception {
        String none = "- { prefix: /x, upstream: 'http://a', scope: none, policy: { maxInFlightPerScope: %s } }";
        String message =
                "gateway.routes[0].policy.maxInFlightPerScope must be 0 for this route, since its scope is none";

        assertThatThrownBy(() -> read(none.formatted("10"))).hasMessageContaining(message);
        GatewayConfiguration silent = YAML.readValue(
                "routes: [{ prefix: /x, upstream: 'http://a', scope: none }]", GatewayConfiguration.class);
        RoutePolicy bounded = YAML.readValue("maxInFlightPerScope: 10", PolicyConfiguration.class)
                .over(RoutePolicy.DEFAULT);
        assertThatThrownBy(() -> silent.over(bounded)).hasMessageContaining(message);
        assertThat(read(none.formatted("0")).get(0).policy().engine().maxInFlightPerScope())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "protocol: http/1.1          | protocol: h2c               | protocol",
                "connectTimeout: 1s          | connectTimeout: 2s          | connectTimeout",
                "maxConnections: 5           | maxConnections: 6           | maxConnections",
                "maxQueued: 5                | maxQueued: 6                | maxQueued",
                "breaker: {window: 10}       | breaker: {window: 20}       | breaker.window",
                "breaker: {minimumCalls: 10} | breaker: {minimumCalls: 5}  | breaker.minimumCalls",
                "breaker: {failureRate: 50}  | breaker: {failureRate: 51}  | breaker.failureRate",
                "breaker: {pause: 5s}        | breaker: {pause: 6s}        | breaker.pause"
            })
    void routesThatDisagreeOnAnUpstreamAreNamedWithTheKey(String one, String other, String key) {
        String routes = """
                - { prefix: /elsewhere, upstream: 'http://b', %2$s }
                - { prefix: /one, upstream: 'http://a', %1$s }
                - { prefix: /silent, upstream: 'http://a' }
                - { prefix: /other, upstream: 'HTTP://A:80/', %2$s }
                """.formatted(one, other);

        assertThatThrownBy(() -> read(routes))
                .hasMessageContaining(
                        "gateway.routes[3]." + key + " must be the same as gateway.routes[1]." + key + ", or");
    }

    @Test
    void whatOneRouteSaysOfAnUpstreamHoldsForAllThatLeadToIt() throws Exception {
        List<RouteSettings> routes = read("""
                - { prefix: /a, upstream: 'http://a', breaker: { pause: 1s } }
                - { prefix: /b, upstream: 'http://a', connectTimeout: 1000ms, breaker: { window: 40 } }
                - { prefix: /c, upstream: 'http://A', connectTimeout: 1s, maxConnections: 7, maxQueued: 1024 }
                - { prefix: /d, upstream: 'https://a' }
                """);

        assertThat(routes)
                .extracting(RouteSettings::upstream)
                .startsWith(routes.get(1).upstream(), routes.get(2).upstream());
        assertThat(routes.get(0).upstream().maxConnections()).isEqualTo(7);
        assertThat(routes.get(0).upstream().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(routes.get(0).upstream().breaker())
                .isEqualTo(new BreakerSettings(40, 10, 50, Duration.ofSeconds(1)));
        assertThat(routes.get(3).upstream().breaker()).isEqualTo(BreakerSettings.DEFAULT);
    }

    @Test
    void theSectionOfThePageIsRead() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "gateway.md"));
        Matcher section =
                Pattern.compile("```yaml\ngateway:\n(.*?)```", Pattern.DOTALL).matcher(page);

        assertThat(section.find()).isTrue();
        assertThat(YAML.readValue(section.group(1), GatewayConfiguration.class).over(RoutePolicy.DEFAULT))
                .hasSize(1);
    }
}
