package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.accounts.Role;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Login, shares and the API's description. */
@ExtendWith(ServersExtension.class)
final class ServiceIT {
    private static RunningService service;
    private static Api api;
    private static String ann;
    private static String bob;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = new RunningService(redis, database);
        api = service.api();
        ann = api.login(RunningService.ANN, RunningService.PASSWORD);
        bob = api.login(RunningService.BOB, RunningService.PASSWORD);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aLoginIsAnsweredWithABearerToken() throws Exception {
        JsonNode token = Api.json(api.tryLogin(RunningService.ANN, RunningService.PASSWORD));

        assertThat(token.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(token.get("expires_in").asInt()).isEqualTo(3600);
    }

    @Test
    void aShareIsCreatedOnceAndReplayed() throws Exception {
        HttpResponse<String> first = api.share(ann, key, Api.REDDIT);
        HttpResponse<String> repeat = api.share(ann, key, Api.REDDIT);
        JsonNode share = Api.json(first);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(share.get("platform").asText()).isEqualTo("reddit");
        assertThat(share.get("status").asText()).isEqualTo("pending");
        assertThat(Instant.parse(share.get("created_at").asText()))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(first.headers().firstValue("Location")).hasValueSatisfying(location -> assertThat(location)
                .endsWith("/api/v1/shares/" + share.get("id").asText()));
        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void fiftyParallelPostsWithOneKeyMakeOneShare() throws Exception {
        String url = Api.REDDIT + UUID.randomUUID();
        List<CompletableFuture<HttpResponse<String>>> posts =
                Stream.generate(() -> api.shareLater(ann, key, url)).limit(50).toList();
        String first = posts.get(0).get().body();

        assertThat(posts).allSatisfy(post -> {
            assertThat(post.get().statusCode()).isEqualTo(201);
            assertThat(post.get().body()).isEqualTo(first);
        });
        assertThat(api.get(ann, "/api/v1/shares?limit=100").body()).containsOnlyOnce(url);
    }

    @Test
    void aShareIsSeenByItsOwnerOnly() throws Exception {
        String id = Api.json(api.share(ann, key, Api.REDDIT)).get("id").asText();

        assertThat(api.get(ann, "/api/v1/shares/" + id).statusCode()).isEqualTo(200);
        assertThat(api.get(bob, "/api/v1/shares/" + id).statusCode()).isEqualTo(404);
        assertThat(api.get(bob, "/api/v1/shares").body()).doesNotContain(id);
    }

    @Test
    void bobMayUseAnnsKey() throws Exception {
        String ofAnn = api.share(ann, key, Api.REDDIT).body();
        HttpResponse<String> ofBob = api.share(bob, key, Api.TIKTOK);

        assertThat(ofBob.statusCode()).isEqualTo(201);
        assertThat(ofBob.body()).isNotEqualTo(ofAnn);
    }

    @Test
    void aListIsPagedThroughWithoutLossOrRepetition() throws Exception {
        service.users().add("pages@example.com", RunningService.PASSWORD, Role.USER);
        String token = api.login("pages@example.com", RunningService.PASSWORD);
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            added.add(
                    0,
                    Api.json(api.share(token, UUID.randomUUID().toString(), Api.REDDIT + i))
                            .get("id")
                            .asText());
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = Api.json(api.get(token, "/api/v1/shares?limit=2" + cursor));
            page.get("items").forEach(item -> seen.add(item.get("id").asText()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(added);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "cursor=nonsense"})
    void aPageThatCannotBeIsAProblem(String query) throws Exception {
        HttpResponse<String> answer = api.get(ann, "/api/v1/shares?" + query);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("/problems/validation-failed");
    }

    @Test
    void aUrlThatMayNotBeSharedIsAProblemAndLeavesTheKeyFree() throws Exception {
        HttpResponse<String> refused = api.share(ann, key, "https://reddit.com.evil.example/");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("/problems/validation-failed", "https URL of tiktok");
        assertThat(api.share(ann, key, Api.REDDIT).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{broken", "[]", "\"text\"", "{\"url\":{}}"})
    void aBodyThatIsNotTheJsonAskedForIsAProblem(String body) throws Exception {
        HttpResponse<String> answer = api.send(api.request("/api/v1/shares")
                .header("Authorization", "Bearer " + ann)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("/problems/invalid-request");
    }

    @Test
    void anEmptyBodyIsAProblem() throws Exception {
        HttpResponse<String> answer = api.send(api.request("/api/v1/shares")
                .header("Authorization", "Bearer " + ann)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                // {"alg":"none"} . {"sub":"x","exp":9999999999}
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4IiwiZXhwIjo5OTk5OTk5OTk5fQ."
            })
    void aTokenThatIsNotOursIsRefused(String token) throws Exception {
        HttpResponse<String> answer = api.get(token, "/api/v1/shares");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"idem\"");
        assertThat(answer.body()).contains("/problems/unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/shares?access_token=", "/api/v1/shares?limit=1&access_token="})
    void aTokenInTheQueryIsNoAuthentication(String path) throws Exception {
        HttpResponse<String> answer = api.get(path + ann);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"idem\"");
        assertThat(answer.body()).contains("/problems/unauthorized").doesNotContain(ann);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER "})
    void theSchemeOfATokenIsInAnyCase(String scheme) throws Exception {
        assertThat(api.send(api.request("/api/v1/shares")
                                .header("Authorization", scheme + ann)
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Basic ", "Bearerx "})
    void anythingElseBeforeATokenIsNoAuthentication(String scheme) throws Exception {
        assertThat(api.send(api.request("/api/v1/shares")
                                .header("Authorization", scheme + ann)
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aDisabledUserIsShutOut() throws Exception {
        service.users().add("leaving@example.com", RunningService.PASSWORD, Role.USER);
        String token = api.login("leaving@example.com", RunningService.PASSWORD);
        service.users().disable("leaving@example.com");

        assertThat(api.tryLogin("leaving@example.com", RunningService.PASSWORD).statusCode())
                .isEqualTo(401);
        await().until(() -> api.get(token, "/api/v1/shares").statusCode() == 401);
    }

    @Test
    void errorsOfTheServerItselfAreProblemsToo() throws Exception {
        assertThat(api.get("/nowhere").body()).contains("/problems/not-found");
        assertThat(api.send(api.request("/api/v1/shares").DELETE().build()).body())
                .contains("/problems/method-not-allowed");
        assertThat(api.send(api.request("/api/auth/login")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("x"))
                                .build())
                        .body())
                .contains("/problems/unsupported-media-type");
    }

    @Test
    void theDescriptionListsExactlyWhatIsServed() throws Exception {
        Set<String> described = new TreeSet<>();
        Api.json(api.get("/openapi.json")).get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + ' ' + path.getKey())));

        assertThat(described).isEqualTo(served());
    }

    @Test
    void theDescriptionSaysHowRepeatsAreTreated() throws Exception {
        JsonNode contract = Api.json(api.get("/openapi.json")).at("/paths/~1api~1v1~1shares/post/x-idempotency");

        assertThat(contract.get("header").asText()).isEqualTo("Idempotency-Key");
        assertThat(contract.get("required").asBoolean()).isFalse();
        assertThat(contract.get("keyFormat").asText()).startsWith("a UUID");
        assertThat(contract.get("lifetime").asText()).isEqualTo("PT24H");
        assertThat(contract.at("/inFlight/wait").asText()).isEqualTo("PT5S");
        assertThat(contract.get("withoutKey").asText()).isEqualTo("PT0.1S");
        assertThat(contract.get("notStored")).hasSize(5);
    }

    private static Set<String> served() {
        Set<String> served = new TreeSet<>();
        served.add("get /problems/{name}"); // by the server, under any path of the application's
        var jersey = service.support().getEnvironment().jersey().getResourceConfig();
        Stream.concat(jersey.getInstances().stream().map(Object::getClass), jersey.getClasses().stream())
                .filter(type -> Resource.isAcceptable(type) && type.isAnnotationPresent(jakarta.ws.rs.Path.class))
                .map(Resource::from)
                .forEach(resource -> {
                    add(served, resource.getPath(), resource.getResourceMethods());
                    resource.getChildResources()
                            .forEach(child ->
                                    add(served, resource.getPath() + child.getPath(), child.getResourceMethods()));
                });
        return served;
    }

    private static void add(Set<String> served, String path, List<ResourceMethod> methods) {
        String plain = path.replaceAll("\\{(\\w+):[^}]*}", "{$1}");
        methods.forEach(method -> served.add(method.getHttpMethod().toLowerCase(java.util.Locale.ROOT) + ' ' + plain));
    }
}
