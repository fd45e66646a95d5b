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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The key comes from the body or the query, by the policy or the annotation. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyFromIT {
    private final Grown grown;

    KeyFromIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    void close() {
        grown.close();
    }

    private HttpResponse<byte[]> json(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                grown.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        return grown.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    @Test
    void aValueOfTheBodyIsTheKey() throws Exception {
        HttpResponse<byte[]> first = json("/subscriptions", "{\"event\": {\"id\": \"evt-1\"}, \"a\": 1}");
        HttpResponse<byte[]> repeat = json("/subscriptions", "{\"a\":1,\"event\":{\"id\":\"evt-1\"}}");
        HttpResponse<byte[]> other = json("/subscriptions", "{\"event\":{\"id\":\"evt-1\"},\"a\":2}");

        assertThat(text(first)).endsWith(" of evt-1");
        assertThat(text(repeat)).isEqualTo(text(first));
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(repeat.headers().firstValue("Idempotency-Key"))
                .isEqualTo(first.headers().firstValue("Idempotency-Key"))
                .contains("evt-1");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(text(other)).contains("/problems/key-reused", "\"idempotency_key\":\"evt-1\"");
    }

    @Test
    void aHeaderIsTheSameKeyAndMustAgree() throws Exception {
        String body = "{\"event\":{\"id\":\"evt-2\"}}";
        HttpResponse<byte[]> first = json("/subscriptions", body);

        assertThat(text(json("/subscriptions", body, "Idempotency-Key", "evt-2")))
                .isEqualTo(text(first));
        HttpResponse<byte[]> different = json("/subscriptions", body, "Idempotency-Key", "evt-3");
        assertThat(different.statusCode()).isEqualTo(400);
        assertThat(text(different))
                .contains("/problems/invalid-key")
                .contains("The header Idempotency-Key and the key at /event/id in a JSON body are different");
    }

    @Test
    void theHeaderOfTheAnswerIsTheKeyOfTheBodyInAFormThatMayBeSentBack() throws Exception {
        for (String id : List.of("evt 7, a", "\\\"evt-7\\\"", "evt 7\\\\b")) {
            String body = "{\"event\":{\"id\":\"" + id + "\"}}";
            HttpResponse<byte[]> first = json("/subscriptions", body);
            String echoed = first.headers().firstValue("Idempotency-Key").orElseThrow();
            HttpResponse<byte[]> repeat = json("/subscriptions", body, "Idempotency-Key", echoed);

            assertThat(echoed).isEqualTo("\"" + id + "\"");
            assertThat(text(repeat)).isEqualTo(text(first));
            assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        }
    }

    @Test
    void aKeyThatAHeaderCannotCarryIsRefused() throws Exception {
        HttpResponse<byte[]> inBody = json("/subscriptions", "{\"event\":{\"id\":\" evt-8 \"}}");
        HttpResponse<byte[]> inQuery = json("/subscriptions/query?request=%20", "{}");

        assertThat(List.of(inBody.statusCode(), inQuery.statusCode())).containsOnly(400);
        assertThat(text(inBody)).contains("/problems/invalid-key", "The key begins or ends with a space");
        assertThat(text(inQuery)).contains("/problems/invalid-key", "The key begins or ends with a space");
    }

    @Test
    void whereTheBodyHasNoneTheHeaderIsTheKey() throws Exception {
        HttpResponse<byte[]> first = json("/subscriptions", "{\"event\":null}", "Idempotency-Key", "evt-4");

        assertThat(text(first)).endsWith(" of evt-4");
        assertThat(text(json("/subscriptions", "{\"event\":null}", "Idempotency-Key", "evt-4")))
                .isEqualTo(text(first));
    }

    @Test
    void aBodyThatIsNotReadableAsJsonIsRefused() throws Exception {
        HttpResponse<byte[]> refused = json("/subscriptions", "{\"event\":{\"id\":\"evt-5\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(text(refused)).contains("/problems/invalid-key", "The body is not valid JSON");
    }

    @Test
    void whereAKeyIsRequiredItsPlaceIsNamed() throws Exception {
        HttpResponse<byte[]> missing = json("/subscriptions/required", "{\"event\":{}}");

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(text(missing))
                .contains("/problems/key-missing")
                .contains("Send a key at /event/id in a JSON body, or in the header Idempotency-Key");
        assertThat(json("/subscriptions/required", "{\"event\":{\"id\":1}}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aParameterOfTheQueryIsTheKey() throws Exception {
        HttpResponse<byte[]> first = json("/subscriptions/query?request=a%20b", "{}");

        assertThat(text(first)).endsWith(" of a b");
        assertThat(text(json("/subscriptions/query?request=a%20b", "{}"))).isEqualTo(text(first));
        assertThat(text(json("/subscriptions/query?request=a&request=a", "{}"))).contains("/problems/invalid-key");
    }

    @Test
    void theAnnotationWins() throws Exception {
        assertThat(text(json("/subscriptions/header?request=c", "{}"))).endsWith(" of no key");
    }

    @Test
    void aKeyBelongsToAnAuthenticatedCallerWhereverItIs() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(grown.url("/subscriptions")))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"event\":{\"id\":\"evt-6\"}}"));

        assertThat(grown.send(request).statusCode()).isEqualTo(401);
    }
}
