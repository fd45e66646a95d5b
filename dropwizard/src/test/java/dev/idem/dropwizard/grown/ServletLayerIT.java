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
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters without priorities, filters that read bodies, and methods that know the servlet request and response. */
@ExtendWith(ServersExtension.class)
final class ServletLayerIT {
    private static Grown grown;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    static void stop() {
        grown.close();
    }

    private static String body(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    private static boolean isReplay(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Idempotent-Replayed").isPresent();
    }

    private static HttpResponse<byte[]> post(String path, String key, String body) throws Exception {
        return grown.send(grown.post(path, key).POST(BodyPublishers.ofString(body)));
    }

    @Nested
    final class Strangers {
        private HttpResponse<byte[]> buy(String path, Optional<String> key, String... headers) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(grown.url(path)))
                    .headers(headers)
                    .POST(BodyPublishers.ofString("{}"));
            key.ifPresent(sent -> request.header("Idempotency-Key", sent));
            return grown.send(request);
        }

        @Test
        void aRepeatWithoutTheApiKeyIsRefusedAsANewRequestIs() throws Exception {
            Optional<String> key = Optional.of(Grown.newKey());
            HttpResponse<byte[]> first = buy("/tickets", key, "X-Api-Key", "carl");

            HttpResponse<byte[]> stranger = buy("/tickets", key, "X-Nothing", "");
            HttpResponse<byte[]> repeat = buy("/tickets", key, "X-Api-Key", "carl");

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(stranger.headers().map()).doesNotContainKey("Idempotent-Replayed");
            assertThat(body(repeat)).isEqualTo(body(first));
        }

        @Test
        void aPermissionThatWasRevokedMeanwhileIsGoneForRepeatsToo() throws Exception {
            Optional<String> key = Optional.of(Grown.newKey());
            assertThat(buy("/tickets", key, "X-Api-Key", "dora").statusCode()).isEqualTo(200);
            ApiKeyFilter.revoke("dora");
            try {
                assertThat(buy("/tickets", key, "X-Api-Key", "dora").statusCode())
                        .isEqualTo(403);
            } finally {
                ApiKeyFilter.revoke(null);
            }
            assertThat(isReplay(buy("/tickets", key, "X-Api-Key", "dora"))).isTrue();
        }

        @Test
        void aCallerWhomALateFilterAuthenticatesHasAScope() throws Exception {
            Optional<String> key = Optional.of(Grown.newKey());
            HttpResponse<byte[]> ann = buy("/tickets/named", key, "X-Late-User", "ann");
            HttpResponse<byte[]> ben = buy("/tickets/named", key, "X-Late-User", "ben");

            assertThat(ann.statusCode()).isEqualTo(200);
            assertThat(body(ben)).isNotEqualTo(body(ann));
            assertThat(body(buy("/tickets/named", key, "X-Late-User", "ann"))).isEqualTo(body(ann));
        }
    }

    @Nested
    final class RawBodies {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "entity ; [one, one]; two",
                    "request; [one, one]; two",
                    "copied ; [one]     ; two",
                    "shouted; [NE]      ; One",
                    "stream ; [one]     ; two",
                    "reader ; [one, one]; two",
                    "listener; [one]    ; two"
                })
        void aMethodGetsTheBodyAndAnotherBodyIsAnotherRequest(String path, String read, String other) throws Exception {
            String key = Grown.newKey();
            HttpResponse<byte[]> first = post("/webhooks/" + path, key, "one");

            assertThat(body(first)).endsWith(' ' + read);
            assertThat(body(post("/webhooks/" + path, key, "one"))).isEqualTo(body(first));
            assertThat(post("/webhooks/" + path, key, other).statusCode()).isEqualTo(422);
        }

        @ParameterizedTest
        @ValueSource(strings = {"stream", "copied", "request"})
        void aLoggerMayHaveLookedIntoTheBody(String path) throws Exception {
            String key = Grown.newKey();
            String sent = "x".repeat(20_000);
            HttpRequest.Builder request =
                    grown.post("/webhooks/" + path, key).header("X-Log", "100").POST(BodyPublishers.ofString(sent));

            assertThat(body(grown.send(request))).contains(sent + ']');
            assertThat(isReplay(grown.send(request))).isTrue();
        }

        @Test
        void aBodyThatIsTooLargeIsRefusedThoughAFilterHasReadIt() throws Exception {
            String large = "x".repeat((1 << 20) + 1);

            assertThat(post("/webhooks/entity", Grown.newKey(), large).statusCode())
                    .isEqualTo(413);
            assertThat(grown.send(grown.post("/webhooks/stream", Grown.newKey())
                                    .header("X-Log", "1200000")
                                    .POST(BodyPublishers.ofInputStream(
                                            () -> new java.io.ByteArrayInputStream(large.getBytes(UTF_8)))))
                            .statusCode())
                    .isEqualTo(413);
        }

        @ParameterizedTest
        @ValueSource(strings = {"unprotected", "unprotected-entity"})
        void anUnprotectedMethodTakesAnyBody(String path) throws Exception {
            int size = 3 << 20;
            for (String looked : new String[] {"0", "10", "2000000"}) {
                HttpResponse<byte[]> response = grown.send(grown.post("/webhooks/" + path, Grown.newKey())
                        .header("X-Log", looked)
                        .POST(BodyPublishers.ofByteArray(new byte[size])));

                assertThat(response.statusCode()).isEqualTo(200);
                if (path.endsWith("entity")) {
                    assertThat(body(response)).endsWith("[" + size + ']');
                }
            }
        }

        private HttpResponse<byte[]> form(String key, String form, String header) throws Exception {
            return grown.send(grown.request("/webhooks/form")
                    .header("Idempotency-Key", key)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header(header, "yes")
                    .POST(BodyPublishers.ofString(form)));
        }

        @Test
        void aFormThatTheServerHasParsedIsComparedByItsFields() throws Exception {
            String key = Grown.newKey();
            HttpResponse<byte[]> first = form(key, "amount=5&to=gr%C3%BCn", "X-Audit");

            assertThat(body(first)).endsWith("[5, 5]");
            assertThat(body(form(key, "to=gr%c3%bcn&amount=5", "X-Audit"))).isEqualTo(body(first));
            assertThat(body(form(key, "amount=5&to=gr%C3%BCn", "X-None"))).isEqualTo(body(first));
            assertThat(form(key, "amount=6&to=gr%C3%BCn", "X-Audit").statusCode())
                    .isEqualTo(422);
        }

        @Test
        void aBodyThatAServletFilterHasConsumedIsNotTakenForAnEmptyOne() throws Exception {
            assertThat(form(Grown.newKey(), "amount=5", "X-Eat").statusCode()).isEqualTo(500);
            assertThat(grown.send(grown.post("/webhooks/stream", Grown.newKey())
                                    .header("X-Eat", "yes")
                                    .POST(BodyPublishers.ofInputStream(
                                            () -> new java.io.ByteArrayInputStream(new byte[9]))))
                            .statusCode())
                    .isEqualTo(500);
        }
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // each test sends first
    final class DirectResponses {
        private HttpResponse<byte[]> first;
        private HttpResponse<byte[]> repeat;

        private void sendTwice(String path) throws Exception {
            String key = Grown.newKey();
            first = post("/callbacks" + path, key, "{}");
            repeat = post("/callbacks" + path, key, "{}");
        }

        private void assertReplay(int status) {
            assertThat(first.statusCode()).isEqualTo(status);
            assertThat(repeat.statusCode()).isEqualTo(status);
            assertThat(body(repeat)).isEqualTo(body(first));
            assertThat(isReplay(first)).isFalse();
            assertThat(isReplay(repeat)).isTrue();
        }

        private void assertHeader(String name, String... values) {
            assertThat(first.headers().allValues(name)).containsExactly(values);
            assertThat(repeat.headers().allValues(name)).containsExactly(values);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/flushed", "-of-class"})
        void whatWasSentIsReplayed(String path) throws Exception {
            sendTwice(path);

            assertReplay(201);
            assertThat(body(first)).startsWith("grün ");
            assertHeader("X-Part", "one", "two");
            assertHeader("X-Late");
            assertThat(repeat.headers().map().get("X-Number"))
                    .isEqualTo(first.headers().map().get("X-Number"));
            assertThat(repeat.headers().firstValue("Content-Type").orElseThrow())
                    .isEqualToIgnoringCase(
                            first.headers().firstValue("Content-Type").orElseThrow());
            assertThat(first.headers().allValues("Set-Cookie").toString()).contains("session=", "visit=");
            assertThat(repeat.headers().allValues("Set-Cookie").toString())
                    .contains("visit=")
                    .doesNotContain("session=");
        }

        @ParameterizedTest
        @CsvSource({"/unflushed, 202", "/void, 201", "/worker, 200", "/reset, 200", "/template, 200"})
        void aBodyThatWasWrittenIsReplayed(String path, int status) throws Exception {
            sendTwice(path);

            assertReplay(status);
            assertThat(body(first)).startsWith("effect ");
            if (path.equals("/unflushed")) {
                assertHeader("X-Jersey", "too");
            }
        }

        @Test
        void headersBesideAReturnedAnswerAreReplayed() throws Exception {
            sendTwice("/headers");

            assertReplay(200);
            assertHeader("X-Direct", body(first));
            assertHeader("X-Request-Number", body(first));
        }

        @Test
        void headersOfServletFiltersAreThoseOfThePresentRequest() throws Exception {
            sendTwice("/flushed");

            assertThat(repeat.headers().allValues("X-Request-Number"))
                    .hasSize(1)
                    .isNotEqualTo(first.headers().allValues("X-Request-Number"));
        }

        @Test
        void aRedirectionIsReplayed() throws Exception {
            sendTwice("/redirect");

            assertReplay(302);
            assertThat(first.headers().firstValue("Location").orElseThrow()).contains("/callbacks/elsewhere?effect=");
            assertHeader("Location", first.headers().firstValue("Location").orElseThrow());
        }

        @ParameterizedTest
        @ValueSource(strings = {"/error/409", "/failed/409"})
        void aClientErrorIsReplayed(String path) throws Exception {
            sendTwice(path);

            assertThat(first.statusCode()).isEqualTo(409);
            assertThat(repeat.statusCode()).isEqualTo(409);
            assertThat(isReplay(repeat)).isTrue();
            if (path.startsWith("/failed")) {
                assertReplay(409);
                assertThat(body(first)).startsWith("effect ");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/error/503", "/failed/500", "/error/429", "/throws", "/large-atomic"})
        void whatIsNotStoredFreesTheKey(String path) throws Exception {
            sendTwice(path);

            assertThat(first.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(repeat.statusCode()).isEqualTo(first.statusCode());
            assertThat(isReplay(repeat)).isFalse();
            if (path.startsWith("/failed")) {
                assertThat(body(first)).startsWith("effect ");
                assertThat(body(repeat)).startsWith("effect ").isNotEqualTo(body(first));
            }
        }

        @ParameterizedTest
        @CsvSource({"/large?size=2097152, 2097152", "/both, 0"})
        void whatCannotBeStoredIsNeverExecutedAgain(String path, int size) throws Exception {
            sendTwice(path);

            assertThat(first.statusCode()).isEqualTo(200);
            if (size > 0) {
                assertThat(first.body()).hasSize(size);
            } else {
                assertThat(body(first)).startsWith("written effect ");
            }
            assertThat(repeat.statusCode()).isEqualTo(409);
            assertThat(body(repeat)).contains("/problems/response-not-stored");
        }
    }
}
