package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration protects methods by their paths, selects their policies, and switches protection off. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConfiguredRoutesIT {
    private final Grown grown;

    ConfiguredRoutesIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/vendor/payments/7/capture | /vendor/payments/{id: \\\\d{1,9}}/capture",
                "/vendor/payments/refunds | /vendor/payments/refunds",
                "/vendor/payments/7/notes | /vendor/payments/{id: \\\\d{1,9}}/notes",
                "/vendor/payments/7/files/3/pin | /vendor/payments/{id: \\\\d{1,9}}/files/{note}/pin",
                "/vendor/built/it | /vendor/built/{name}"
            })
    void aPathProtectsAMethodWithoutAnAnnotation(String path, String route) throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> first = grown.send(grown.post(path, key));
        HttpResponse<byte[]> repeat = grown.send(grown.post(path, key));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(text(first)).startsWith("execution ");
        assertThat(text(repeat)).isEqualTo(text(first));
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(grown.admin("/idempotency-prometheus"))
                .contains("outcome=\"replayed\",route=\"POST " + route + "\"} 1.0");
    }

    @Test
    void itProtectsTheMethodsThatItNamesAlone() throws Exception {
        String path = "/vendor/payments/8/capture";
        HttpRequest.Builder put =
                grown.request(path).header("Idempotency-Key", Grown.newKey()).PUT(BodyPublishers.noBody());

        assertThat(text(grown.send(put))).isNotEqualTo(text(grown.send(put)));
        assertThat(text(grown.send(grown.request(path)))).startsWith("execution ");
        assertThat(grown.admin("/idempotency-prometheus"))
                .doesNotContain("route=\"PUT /vendor")
                .doesNotContain("route=\"POST /vendor/payments/{id: \\\\d{1,9}}/notes/{note}/pin");
    }

    @Test
    void aMethodThatItProtectsKnowsItsKey() throws Exception {
        assertThat(text(grown.send(grown.post("/vendor/payments/refunds", "refund-1"))))
                .endsWith(" refund-1");
    }

    @Test
    void itLetsAnonymousCallersUseKeys() throws Exception {
        assertThat(anonymous("/vendor/payments/refunds").statusCode()).isEqualTo(200);
        assertThat(anonymous("/vendor/payments/9/notes").statusCode()).isEqualTo(401);
    }

    private HttpResponse<byte[]> anonymous(String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(grown.url(path)))
                .header("Idempotency-Key", Grown.newKey())
                .POST(BodyPublishers.noBody());
        return grown.send(request);
    }

    @Test
    void aPolicyMayBeWrittenInPlace() throws Exception {
        HttpRequest.Builder without = grown.request("/vendor/payments/7/files").POST(BodyPublishers.noBody());

        assertThat(text(grown.send(without))).contains("/problems/key-missing");
    }

    @ParameterizedTest
    @CsvSource({
        "/vendor/orders, any-1, 200", // by the path that includes all below, not by the annotation of the class
        "/vendor/orders/configured, any-1, 400", // by the more exact path
        "/vendor/orders/configured, order-7, 200",
        "/vendor/returns, any-2, 400", // by the annotation of the class
        "/vendor/returns/any, any-3, 200" // by the annotation of the method
    })
    void theMostExactChoiceOfAPolicyWins(String path, String key, int status) throws Exception {
        assertThat(grown.send(grown.post(path, key)).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/vendor/orders/off", "/vendor/drafts"})
    void anAnnotatedMethodMayBeUnprotected(String path) throws Exception {
        String key = Grown.newKey();
        String first = text(grown.send(grown.post(path, key)));

        assertThat(first).endsWith(" without a key");
        assertThat(text(grown.send(grown.post(path, key)))).isNotEqualTo(first);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
