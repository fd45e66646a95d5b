package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service's own config.yml and others, with variables that contain anything. */
final class ConfigFileTest {
    private static final String AS_SHIPPED = asShipped();

    private static String asShipped() {
        try {
            return Files.readString(Path.of(System.getProperty("project.root"), "config.yml"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aPathSelectsThePolicyOfShares() throws Exception {
        String routes = "routes: [{ path: /api/v1/shares/, policy: { ttl: 2d, keyFormat: any } }]";

        assertThat(withRoutes(routes).sharesPolicy().engine().ttl()).isEqualTo(Duration.ofDays(2));
        assertThat(withRoutes("routes: []").sharesPolicy().engine().ttl()).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path: /api/auth/login",
                "path: /api/**",
                "path: /api/v1/shares/**",
                "path: /api/v1/shares, methods: [PUT]",
                "path: /orders"
            })
    void noOtherMethodOfTheServiceIsProtected(String route) {
        assertThatThrownBy(() -> withRoutes("routes: [{ " + route + " }]"))
                .hasMessageContaining("idempotency.routes[0].path must be /api/v1/shares, with the method POST")
                .hasMessageContaining("gateway.routes");
    }

    private static IdemConfiguration withRoutes(String routes) throws Exception {
        return ReadConfiguration.of("idempotency: { " + routes + " }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc # the rest of this secret, which has 32 bytes and more",
                "*]: {x: a secret that has thirty-two bytes and more",
                "'\"%@`!& a secret that has thirty-two bytes: and more",
                "0123456789012345678901234567890123456789",
                "- a secret\n- with a second line, which has bytes enough",
            })
    void aSecretIsWhatTheVariableContains(String secret) throws Exception {
        assertThat(ReadConfiguration.of(AS_SHIPPED, Map.of("JWT_SECRET", secret))
                        .auth()
                        .secret())
                .contains(secret);
    }

    @Test
    void aContentBecomesWhatTheTypeOfItsKeyAsksFor() throws Exception {
        IdemConfiguration read = ReadConfiguration.of(
                AS_SHIPPED,
                Map.of(
                        "PORT", " 03001 ",
                        "BIND_HOST", "::",
                        "SEED_USERS", "no",
                        "ENABLE_IDEMPOTENCY_IOS_MVP", "off",
                        "DATA_DIR", "C:\\data: #1"));

        HttpConnectorFactory connector = (HttpConnectorFactory) ((DefaultServerFactory) read.getServerFactory())
                .getApplicationConnectors()
                .get(0);
        assertThat(connector.getPort()).isEqualTo(3001);
        assertThat(connector.getBindHost()).isEqualTo("::");
        assertThat(read.auth().hasSeededUsers()).isFalse();
        assertThat(read.idempotency().isEnabled()).isFalse();
        assertThat(read.dataDirectory()).hasToString("C:\\data: #1");
    }

    @Test
    void aListMayBeInAVariable() throws Exception {
        IdemConfiguration read = ReadConfiguration.of(
                "idempotency: { policy: { methods: ${METHODS}, notStored: ${STATUSES}, cors: { origins: ${ORIGINS} } } }\n",
                Map.of(
                        "METHODS",
                        "POST, PUT",
                        "STATUSES",
                        "429,503",
                        "ORIGINS",
                        "https://a.example,https://b.example"));

        assertThat(read.idempotency().rules().usual().methods()).isEqualTo(Set.of("POST", "PUT"));
        assertThat(read.idempotency().rules().usual().stored().never()).isEqualTo(Set.of(429, 503));
        assertThat(read.idempotency().rules().usual().cors().orElseThrow().origins())
                .containsExactlyInAnyOrder("https://a.example", "https://b.example");
    }

    @Test
    void aPolicyMayBeAnAlias() throws Exception {
        IdemConfiguration read = ReadConfiguration.of("""
                idempotency: { policies: { pay: &pay { maxInFlightPerScope: 3 }, more: { <<: *pay, keyRequired: true } } }
                gateway: { routes: [{ prefix: /a, upstream: 'http://a', policy: *pay }] }
                """);

        assertThat(read.routes().get(0).policy().engine().maxInFlightPerScope()).isEqualTo(3);
        assertThat(read.idempotency().rules().named())
                .hasEntrySatisfying("more", policy -> assertThat(policy.engine().maxInFlightPerScope())
                        .isEqualTo(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOG_FORMAT                | ''                       | layout.type",
                "LOG_FORMAT                | [json                    | layout.type (LOG_FORMAT) near line 17: LOG_FORMAT must be one of json, text",
                "PORT                      | ''                       | server.applicationConnectors[0].port (PORT) near line 6: the value must be a whole number",
                "PORT                      | hunter2hunter2           | server.applicationConnectors[0].port (PORT) near line 6: the value must be a whole number",
                "PORT                      | 3001.5                   | server.applicationConnectors[0].port (PORT) near line 6: the value must be a whole number",
                "PORT                      | 70000                    | port",
                "SEED_USERS                | hunter2hunter2           | auth.seedUsers (SEED_USERS) near line",
                "IDEMPOTENCY_CONSISTENCY   | hunter2hunter2           | idempotency.consistency (IDEMPOTENCY_CONSISTENCY) must be fast or strict, not ${IDEMPOTENCY_CONSISTENCY}",
                "REDIS_URL                 | http://u:hunter2hunter2@h| redis.url",
                "DATABASE_URL              | http://u:hunter2hunter2@h| database.url",
                "REDIS_MODE                | hunter2hunter2           | redis.mode",
                "TRUSTED_PROXIES           | hunter2hunter2           | auth.trustedProxies",
            })
    void aWrongContentIsASentenceThatDoesNotQuoteIt(String variable, String content, String sentence) {
        assertThatThrownBy(() -> ReadConfiguration.of(AS_SHIPPED, Map.of(variable, content)))
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("dev.idem");
    }

    @ParameterizedTest
    @CsvSource({
        "PORT,hunter2hunter2",
        "SEED_USERS,hunter2hunter2",
        "IDEMPOTENCY_CONSISTENCY,hunter2hunter2",
        "DRAIN_DELAY,hunter2hunter2",
        "REDIS_URL,http://u:hunter2hunter2@h",
        "DATABASE_URL,http://u:hunter2hunter2@h",
        "REDIS_MODE,hunter2hunter2",
        "REDIS_CA_FILE,/hunter2hunter2",
        "TRUSTED_PROXIES,hunter2hunter2"
    })
    void norDoesOneOfAVariableThatTheFileDoesNotMention(String variable, String content) {
        assertThatThrownBy(() -> ReadConfiguration.of("gateway: {}\n", Map.of(variable, content)))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis: {}\\nredis: {}                         | line 2: redis is already on line 1",
                "redis: {}\\n---\\ndatabase: {}                | a second document begins near line 3",
                "a: hunter2\\n b: [                            | it is not valid YAML near line 2",
                "redis:\\n  ulr: x                             | Unrecognized field at: redis.ulr near line 2. Known here: caFile, certFile, keyFile, keyPrefix, mode, url",
                "gateway:\\n  routes:\\n  - { prefix: x }      | gateway near line 1: gateway.routes[0].prefix must be a path",
                "idempotency:\\n  policy:\\n    notStored: [~] | idempotency.policy.notStored[0] near line 3: the value must be given, or its place be left out",
                "gateway:\\n  routes: [~]                     | gateway.routes[0] near line 2: the value must be given, or its place be left out",
                "auth:\\n  jwtSecret: ${NOT_SET}               | auth.jwtSecret has ${NOT_SET}, and there is no variable NOT_SET (line 2)",
            })
    void aWrongFileIsASentenceWithTheLine(String file, String sentence) {
        assertThatThrownBy(() -> ReadConfiguration.of(file.replace("\\n", "\n")))
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("hunter2");
    }
}
