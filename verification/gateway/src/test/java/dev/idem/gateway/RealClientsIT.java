package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.StripeClient;
import com.stripe.model.Charge;
import com.stripe.param.ChargeCreateParams;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.NeedsPrograms;
import dev.idem.verification.support.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries of others that send a request again by themselves: whatever goes wrong, the customer pays once. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealClientsIT {
    private static final List<String> FAULTS =
            List.of("calm", "refused-first", "reset-after-commit", "slow", "chunked", "gzip");
    private static final int CLIENTS_PATIENCE_MS = 1_000;

    private final Shop shop = new Shop();
    private final Upstream upstream;
    private final GatewayService gateway;
    private final NodePackages packages = new NodePackages(Path.of("target", "clients"));

    RealClientsIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        upstream.will(shop::answer);
        gateway = new GatewayService(redis, database, """
                - prefix: /v1/charges
                  upstream: %s
                  policy: { wait: 5s, onUnknown: probe }
                  probe: { path: '/v1/charges/by-key/{key}' }
                """.formatted(upstream.url()));
    }

    @BeforeAll
    void install() throws Exception {
        packages.install();
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        upstream.close();
    }

    static Stream<Arguments> programsAndFaults() {
        return Stream.of("stripe", "axios", "got")
                .flatMap(program -> FAULTS.stream().map(fault -> Arguments.of(program, fault)));
    }

    @ParameterizedTest
    @NeedsPrograms({"node", "npm"})
    @MethodSource("programsAndFaults")
    void aNodeProgramIsAnsweredAndTheCustomerPaysOnce(String program, String fault) throws Exception {
        Programs.here().need(packages.areInstalled(), "what the clients are made of", packages::why);
        String description = fault + '-' + UUID.randomUUID();

        JsonNode charge = new ObjectMapper()
                .readTree(packages.run(program + ".mjs", Integer.toString(gateway.port()), description));

        assertThat(shop.charges(description)).singleElement().satisfies(made -> {
            assertThat(charge.get("id").textValue()).isEqualTo(made.id());
            assertThat(charge.get("description").textValue()).isEqualTo(description);
        });
    }

    @Test
    @NeedsPrograms({"node", "npm"})
    void undiciIsAnsweredOverHttp2(TestRedis redis, TestDatabase database, @TempDir Path directory) throws Exception {
        Programs.here().need(packages.areInstalled(), "what the clients are made of", packages::why);
        TestCertificate certificate = new TestCertificate(directory);
        try (Upstream shop = new Upstream();
                GatewayService secure = new GatewayService(
                        redis,
                        database,
                        "- { prefix: /orders, upstream: \"" + shop.url() + "\" }\n",
                        certificate.settings())) {
            JsonNode answers = new ObjectMapper()
                    .readTree(packages.run(
                            "undici.mjs",
                            Integer.toString(secure.port()),
                            certificate.pem().toString()));

            assertThat(answers.toString()).isEqualTo("[[201,\"1\",null],[201,\"1\",\"true\"],[201,\"2\",null]]");
            assertThat(shop.effects()).isEqualTo(2);
            assertThat(shop.lastAsked().header("Via")).isEqualTo("2.0 idem");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"calm", "refused-first", "reset-after-commit", "slow", "chunked", "gzip"})
    void stripesLibraryForJavaIsAnsweredAndTheCustomerPaysOnce(String fault) throws Exception {
        String description = fault + '-' + UUID.randomUUID();
        StripeClient stripe = StripeClient.builder()
                .setApiKey("sk_test_gateway")
                .setApiBase("http://127.0.0.1:" + gateway.port())
                .setMaxNetworkRetries(4)
                .setReadTimeout(CLIENTS_PATIENCE_MS)
                .build();

        Charge charge = stripe.charges()
                .create(ChargeCreateParams.builder()
                        .setAmount(1_250L)
                        .setCurrency("eur")
                        .setDescription(description)
                        .build());

        assertThat(shop.charges(description)).singleElement().satisfies(made -> assertThat(charge.getId())
                .isEqualTo(made.id()));
    }
}
