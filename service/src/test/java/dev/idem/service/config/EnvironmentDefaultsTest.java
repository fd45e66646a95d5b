package dev.idem.service.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.access.common.spi.IAccessEvent;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.service.log.AccessTextLayout;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.logging.common.ConsoleAppenderFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentDefaultsTest {
    private static final Map<String, String> STORES = Map.of(
            "REDIS_URL", "redis://cache:6379",
            "DATABASE_URL", "jdbc:postgresql://db/orders",
            "JWT_SECRET", "a secret that only this test has, 32 bytes");

    private EnvironmentDefaults defaults = new EnvironmentDefaults(name -> Optional.empty());

    private IdemConfiguration read(String file, Map<String, String> environment) throws Exception {
        defaults = new EnvironmentDefaults(name -> Optional.ofNullable(environment.get(name)));
        return defaults.factories()
                .create(IdemConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
                .build(path -> new ByteArrayInputStream(file.getBytes(UTF_8)), "gateway.yml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway: { routes: [] }",
                "redis:\ndatabase:\n",
                "redis: { keyPrefix: 'orders:' }\ndatabase: { poolSize: 4 }\nauth: { tokenLifetime: 2h }\n",
                "redis: { url: }\n"
            })
    void aFileThatDoesNotMentionTheStoresUsesTheEnvironments(String file) throws Exception {
        IdemConfiguration configuration = read(file, STORES);

        assertThat(configuration.redis().target()).isInstanceOf(RedisTarget.External.class);
        assertThat(configuration.database().target()).isInstanceOf(DatabaseTarget.External.class);
        assertThat(configuration.auth().secret()).isPresent();
        assertThat(defaults.chosen())
                .containsExactly(
                        "database.url is not in the configuration file: DATABASE_URL is used",
                        "redis.url is not in the configuration file: REDIS_URL is used");
    }

    @Test
    void withoutEitherTheStoresAreEmbedded() throws Exception {
        IdemConfiguration configuration = read("gateway: { routes: [] }", Map.of());

        assertThat(configuration.redis().target()).isInstanceOf(RedisTarget.Embedded.class);
        assertThat(configuration.database().target()).isInstanceOf(DatabaseTarget.Embedded.class);
        assertThat(defaults.chosen()).allMatch(line -> line.endsWith("is not set either, so it is embedded"));
    }

    @Test
    void whatTheFileSaysTakesPrecedence() throws Exception {
        IdemConfiguration configuration = read(
                "redis: { url: embedded, keyPrefix: 'a:' }\ndatabase: { url: embedded }\ndataDir: /elsewhere\n",
                STORES);

        assertThat(configuration.redis().target()).isInstanceOf(RedisTarget.Embedded.class);
        assertThat(configuration.redis().keyPrefixOrDefault()).isEqualTo("a:");
        assertThat(configuration.dataDirectory()).hasToString("/elsewhere");
        assertThat(defaults.chosen()).isEmpty();
    }

    @Test
    void aFileWithoutAServerListensOnLoopbackAtTheEnvironmentsPort() throws Exception {
        IdemConfiguration configuration = read("gateway: { routes: [] }", Map.of("PORT", "4711"));

        HttpConnectorFactory connector =
                (HttpConnectorFactory) ((DefaultServerFactory) configuration.getServerFactory())
                        .getApplicationConnectors()
                        .get(0);
        assertThat(connector.getPort()).isEqualTo(4711);
        assertThat(connector.getBindHost()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo: 1",
                "gatewy: {}",
                "redis: { ulr: embedded }",
                "idempotency: { consistancy: strict }",
                "idempotency: { policy: { ttll: 3h } }",
                "idempotency: { policies: { a: { fingerprint: { windw: 1s } } } }",
                "gateway: { routes: [{ prefix: /a, upstream: 'http://a', foo: 3 }] }",
                "gateway: { routes: [{ prefix: /a, upstream: 'http://a', policy: { onStoreFailur: closed } }] }"
            })
    void anUnknownKeyIsAnError(String file) {
        assertThatThrownBy(() -> read(file, Map.of())).hasMessageContaining("Unrecognized field");
    }

    @Test
    void theEnvironmentsModeBelongsToItsUrl() throws Exception {
        IdemConfiguration configuration = read(
                "redis: { url: 'redis://one:6379' }\n",
                Map.of("REDIS_URL", "redis://a:1,redis://b:2", "REDIS_MODE", "cluster"));

        assertThat(configuration.redis().target().describe()).isEqualTo("redis://one:6379");
    }

    @Test
    void aServerSectionIsTheFilesOwn() throws Exception {
        IdemConfiguration configuration =
                read("server: { applicationConnectors: [{ type: http, port: 1234 }] }\n", Map.of("PORT", "4711"));

        HttpConnectorFactory connector =
                (HttpConnectorFactory) ((DefaultServerFactory) configuration.getServerFactory())
                        .getApplicationConnectors()
                        .get(0);
        assertThat(connector.getPort()).isEqualTo(1234);
    }

    @Test
    void aServerSectionWithoutARequestLogLogsNoQueryEither() throws Exception {
        IdemConfiguration configuration =
                read("server: { applicationConnectors: [{ type: http, port: 1234 }] }\n", Map.of());
        IdemConfiguration none = read("server: { requestLog: { appenders: [] } }\n", Map.of());

        assertThat(requestLog(configuration).getAppenders())
                .singleElement()
                .extracting(appender -> ((ConsoleAppenderFactory<IAccessEvent>) appender).getLayout())
                .isInstanceOf(AccessTextLayout.class);
        assertThat(requestLog(none).getAppenders()).isEmpty();
    }

    private static LogbackAccessRequestLogFactory requestLog(IdemConfiguration configuration) {
        return (LogbackAccessRequestLogFactory)
                ((DefaultServerFactory) configuration.getServerFactory()).getRequestLogFactory();
    }

    @Test
    void aWrongVariableIsAnErrorThatNamesItsKey() {
        assertThatThrownBy(() -> read("gateway: { routes: [] }", Map.of("REDIS_MODE", "ring")))
                .hasMessageContaining("redis");
    }
}
