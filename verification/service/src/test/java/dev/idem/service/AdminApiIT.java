package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.accounts.Role;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.EventFilter;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.event.AuditEventTable;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see and do over HTTP. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class AdminApiIT {
    private static final String BASE = "/api/v1/admin/idempotency";
    private static final String ADMIN = "admin@example.com";

    private static RunningService service;
    private static Api api;
    private static String ann;
    private static String admin;
    private static PlantedRecords planted;
    private static AuditEventStore trail;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = new RunningService(redis, database);
        service.users().add(ADMIN, RunningService.PASSWORD, Role.ADMIN);
        api = service.api();
        ann = api.login(RunningService.ANN, RunningService.PASSWORD);
        admin = api.login(ADMIN, RunningService.PASSWORD);
        planted = new PlantedRecords(redis, database);
        trail = new AuditEventTable(Jdbi.create(database.jdbcUrl()));
    }

    @AfterAll
    static void stop() {
        planted.close();
        service.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return api.get(admin, BASE + path);
    }

    private static HttpResponse<String> delete(String path) throws Exception {
        return api.send(api.request(BASE + path)
                .header("Authorization", "Bearer " + admin)
                .DELETE()
                .build());
    }

    private static HttpResponse<String> clear(String body) throws Exception {
        return api.send(api.request(BASE + "/stale/clear")
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String pathOf(String scope, String key) {
        return "/records/" + encode(scope) + '/' + encode(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/records", "/records/a/b", "/stale", "/stats", "/stores", "/events", "/rollout"})
    void nobodyButAnAdministratorSeesAnything(String path) throws Exception {
        assertThat(api.get(ann, BASE + path).statusCode()).isEqualTo(403);
        assertThat(api.get(BASE + path).statusCode()).isEqualTo(401);
    }

    @Test
    void aKeyIsFoundWithoutItsUsersData() throws Exception {
        api.share(ann, key, Api.REDDIT);

        HttpResponse<String> answer = get("/records?key=" + key);
        JsonNode record = Api.json(answer).at("/records/0");

        assertThat(record.get("state").asText()).isEqualTo("completed");
        assertThat(record.get("route").asText()).isEqualTo("POST /api/v1/shares");
        assertThat(record.at("/answer/status").asInt()).isEqualTo(201);
        assertThat(record.at("/answer/body_bytes").asInt()).isPositive();
        assertThat(record.at("/answer/body_hash").asText()).matches("[0-9a-f]{16}");
        assertThat(answer.body()).doesNotContain("reddit");
    }

    @Test
    void bothStoresAreShownSideBySideWithWhatTheNextRepeatGets() throws Exception {
        api.share(ann, key, Api.REDDIT);
        String scope =
                Api.json(get("/records?key=" + key)).at("/records/0/scope").asText();

        await().until(() ->
                Api.json(get(pathOf(scope, key))).at("/verdicts/0/agree").asBoolean());
        JsonNode both = Api.json(get(pathOf(scope, key)));

        assertThat(both.at("/verdicts/0/decides").asText()).isEqualTo("redis");
        assertThat(both.get("records").findValuesAsText("store")).containsExactlyInAnyOrder("redis", "postgresql");
        assertThat(both.at("/verdicts/0/fast/outcome").asText()).isEqualTo("replayed");
        assertThat(both.at("/verdicts/0/fast/status").asInt()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "100%", "*", "?x=1#y", "a;b=c", "..", "\\", " two words ", "%2F", "'; DROP TABLE x", "<b>"
            })
    void aKeyMayHaveAnyPrintableCharacter(String hostile) throws Exception {
        planted.live("team/one", hostile);

        JsonNode found = Api.json(get(pathOf("team/one", hostile)));

        assertThat(found.get("key").asText()).isEqualTo(hostile);
        assertThat(found.at("/verdicts/0/fast/outcome").asText()).isIn("waits", "executes");
        assertThat(Api.json(get("/records?store=redis&key=" + encode(hostile)))
                        .get("records")
                        .findValuesAsText("key"))
                .containsOnly(hostile);
    }

    @Test
    void theNameOfARecordWithoutAKeyIsOneThatCanBeAskedFor() throws Exception {
        String name = RecordId.of(new Scope("nobody"), new Fingerprint(new byte[Fingerprint.LENGTH]))
                .key();

        assertThat(get(pathOf("nobody", name)).statusCode()).isEqualTo(404);
        assertThat(get("/records?key=" + encode(name)).statusCode()).isEqualTo(200);
        assertThat(get("/events?key=" + encode(name)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&store=redis", "&store=postgres", "&scan=true"})
    void aSearchOfFewRecordsIsWhole(String parameters) throws Exception {
        JsonNode page = Api.json(get("/records?key=" + key + parameters));

        assertThat(page.get("records")).isEmpty();
        assertThat(page.get("partial").asBoolean()).isFalse();
    }

    @Test
    void theContractNamesWhatASearchTakesAndGives() throws Exception {
        JsonNode contract = Api.json(api.get("/openapi.json"));
        JsonNode schemas = contract.at("/components/schemas");

        assertThat(contract.get("paths")
                        .get(BASE + "/records")
                        .at("/get/parameters")
                        .findValuesAsText("name"))
                .contains("key", "scan");
        assertThat(Api.json(get("/records?key=" + key)).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        () -> schemas.at("/RecordPage/properties").fieldNames());
        api.share(ann, key, Api.REDDIT);
        String scope =
                Api.json(get("/records?key=" + key)).at("/records/0/scope").asText();
        assertThat(Api.json(get(pathOf(scope, key))).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        () -> schemas.at("/RecordInBothStores/properties").fieldNames());
    }

    @Test
    void thereIsNothingToFindWhereNothingIs() throws Exception {
        HttpResponse<String> answer = get(pathOf("nobody", key));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/problems/not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/records?limit=0",
                "/records?limit=x",
                "/records?state=done",
                "/records?stale=yes",
                "/records?store=oracle",
                "/records?cursor=nonsense",
                "/records?store=postgresql&cursor=YQoA", // "a" and a character that PostgreSQL has not
                "/records?scop=x",
                "/records?limit=1&limit=2",
                "/records?key=",
                "/records?key=%00",
                "/records?key=x&scan=maybe",
                "/records?scan=true",
                "/records?key=x&scope=user:1&scan=true",
                "/records?stale=true&state=completed",
                "/records?stale=true&state=held",
                "/stale?scan=perhaps",
                "/records?scope=two%20words",
                "/stale?older_than=soon",
                "/stale?olderThan=soon",
                "/stale?older_than=1s&olderThan=1s",
                "/stats?x=1",
                "/events?type=nonsense",
                "/events?from=yesterday",
                "/events?cursor=x",
                "/events?limit=100000",
                "/events?key=%00",
                "/rollout?x=1",
                "/records/a/%0a"
            })
    void whatIsNotUnderstoodIsRefused(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "postgres"})
    void aListIsPagedThrough(String store) throws Exception {
        Set<String> sought = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            String one = UUID.randomUUID().toString();
            api.share(ann, one, Api.REDDIT + i);
            sought.add(one);
        }
        await().untilAsserted(() -> assertThat(keysIn(store)).containsAll(sought));
    }

    private static Set<String> keysIn(String store) throws Exception {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = Api.json(get("/records?limit=2&state=completed&store=" + store + cursor));
            page.get("records").forEach(record -> seen.add(record.get("key").asText()));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        return seen;
    }

    @Test
    void aCursorOfOneStoreIsNoneOfTheOther() throws Exception {
        for (int i = 0; i < 2; i++) {
            api.share(ann, UUID.randomUUID().toString(), Api.REDDIT + i);
        }
        await().until(() ->
                !Api.json(get("/records?limit=1&store=postgres")).get("next").isNull());
        String cursor =
                Api.json(get("/records?limit=1&store=postgres")).get("next").asText();

        assertThat(get("/records?store=redis&cursor=" + cursor).statusCode()).isEqualTo(400);
    }

    @Test
    void aDeletedKeyIsFree() throws Exception {
        String first = api.share(ann, key, Api.REDDIT).body();
        String scope =
                Api.json(get("/records?key=" + key)).at("/records/0/scope").asText();
        await().until(() -> Api.json(get(pathOf(scope, key))).get("records").size() == 2);

        HttpResponse<String> deleted = delete(pathOf(scope, key) + "?reason=support%20case");

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(Api.json(deleted).get("deleted_from")).hasSize(2);
        assertThat(get(pathOf(scope, key)).statusCode()).isEqualTo(404);
        assertThat(api.share(ann, key, Api.REDDIT).body()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?reason=", "?reason=a%0Ab", "?reason=x&force=yes"})
    void aDeletionNeedsAReason(String query) throws Exception {
        planted.live("scope", key);

        assertThat(delete(pathOf("scope", key) + query).statusCode()).isEqualTo(400);
        assertThat(get(pathOf("scope", key)).statusCode()).isEqualTo(200);
    }

    @Test
    void aLiveLeaseIsDeletedByForceOnly() throws Exception {
        planted.live("scope", key);

        HttpResponse<String> refused = delete(pathOf("scope", key) + "?reason=test");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("/problems/lease-live");
        assertThat(get(pathOf("scope", key)).statusCode()).isEqualTo(200);

        assertThat(delete(pathOf("scope", key) + "?reason=test&force=true").statusCode())
                .isEqualTo(200);
        assertThat(get(pathOf("scope", key)).statusCode()).isEqualTo(404);
    }

    @Test
    void aHeldKeyIsAStateOfItsOwn() throws Exception {
        planted.held("scope", key);

        for (String store : List.of("redis", "postgres")) {
            JsonNode held = Api.json(get("/records?state=held&limit=500&store=" + store));
            assertThat(held.at("/records"))
                    .anySatisfy(record -> assertThat(record.get("key").asText()).isEqualTo(key))
                    .allSatisfy(
                            record -> assertThat(record.get("state").asText()).isEqualTo("held"));
            assertThat(get("/records?state=completed&limit=500&store=" + store).body())
                    .doesNotContain(key);
        }
        assertThat(Api.json(get(pathOf("scope", key)))
                        .at("/verdicts/0/next/outcome")
                        .asText())
                .isEqualTo("refused");
    }

    @Test
    void aDeadOwnersKeyIsShownAndClearedWithAReason() throws Exception {
        planted.dead("scope", key);
        String one = "\"scope\":\"scope\",\"key\":\"" + key + "\"";
        await().until(() -> Api.json(get("/stale?limit=500")).toString().contains(key));

        assertThat(clear("{\"older_than\":\"1h\",\"dry_run\":true," + one + "}").body())
                .contains("\"records\":[]");
        assertThat(Api.json(clear("{\"dry_run\":true," + one + "}")).get("records"))
                .hasSize(2);
        assertThat(clear("{" + one + "}").statusCode()).isEqualTo(400);
        assertThat(get(pathOf("scope", key)).statusCode()).isEqualTo(200);

        JsonNode cleared = Api.json(clear("{\"reason\":\"its node is gone\"," + one + "}"));

        assertThat(cleared.get("cleared").asInt()).isEqualTo(1);
        assertThat(get(pathOf("scope", key)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"dryrun\":true,\"reason\":\"a misspelt word\"}",
                "{\"dry_run\":\"true\",\"reason\":\"x\"}",
                "{\"dryRun\":\"true\",\"reason\":\"x\"}",
                "{\"dry_run\":true,\"dryRun\":false,\"reason\":\"x\"}",
                "{\"older_than\":\"-1s\",\"reason\":\"x\"}",
                "{\"key\":\"alone\",\"reason\":\"x\"}",
                "null",
                "[]",
                "{} {}"
            })
    void anOrderThatIsNotUnderstoodClearsNothing(String body) throws Exception {
        planted.dead("scope", key);

        assertThat(clear(body).statusCode()).isEqualTo(400);
        assertThat(get(pathOf("scope", key)).statusCode()).isEqualTo(200);
    }

    @Test
    void theStatisticsCountWhatThisNodeDoes() throws Exception {
        JsonNode before = Api.json(get("/stats"));
        api.share(ann, key, Api.REDDIT);
        api.share(ann, key, Api.REDDIT);
        JsonNode after = Api.json(get("/stats"));

        assertThat(after.at("/outcomes/executed").asLong()
                        - before.at("/outcomes/executed").asLong())
                .isEqualTo(1);
        assertThat(after.at("/outcomes/replayed").asLong()
                        - before.at("/outcomes/replayed").asLong())
                .isEqualTo(1);
        assertThat(after.get("hit_ratio").asDouble()).isBetween(0.0, 1.0);
        assertThat(after.at("/recent/per_second/replayed").asDouble()).isPositive();
        assertThat(after.at("/recent/claims/redis/p99_ms").asDouble()).isPositive();
    }

    @Test
    void theRecordsOfBothStoresAreCountedByStateLayerAndAge() throws Exception {
        api.share(ann, key, Api.REDDIT);

        await().untilAsserted(() -> assertThat(Api.json(get("/stats")).get("stores"))
                .hasSize(2)
                .allSatisfy(store -> {
                    assertThat(store.at("/statistics/whole").asBoolean()).isTrue();
                    assertThat(store.at("/statistics/with_key").isNumber()).isTrue();
                    assertThat(store.at("/statistics/ages/under_minute").isNumber())
                            .isTrue();
                    assertThat(store.at("/statistics/bytes").isNumber()).isTrue();
                }));
    }

    @Test
    void whatHappenedToAKeyIsTold() throws Exception {
        api.share(ann, key, Api.REDDIT);
        api.share(ann, key, Api.REDDIT);

        await().until(() -> Api.json(get("/events?key=" + key)).get("events").size() == 1);
        JsonNode event = Api.json(get("/events?type=duplicate_prevented&limit=1&key=" + key))
                .at("/events/0");
        assertThat(event.get("type").asText()).isEqualTo("duplicate_prevented");
        assertThat(event.get("route").asText()).isEqualTo("POST /api/v1/shares");
        assertThat(event.get("detail").asText()).isEqualTo("outcome=replayed");
        assertThat(Api.json(get("/events?type=fenced&key=" + key)).get("events"))
                .isEmpty();
    }

    @Test
    void theRolloutIsChangedByWhoeverHasSeenItLast() throws Exception {
        HttpResponse<String> seen = get("/rollout");
        String tag = seen.headers().firstValue("ETag").orElseThrow();
        String wanted = "{\"enabled\":true,\"percent\":100,\"reason\":\"a test\"}";

        assertThat(put("/rollout", wanted, null).statusCode()).isEqualTo(428);
        HttpResponse<String> changed = put("/rollout", wanted, tag);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(Api.json(changed).get("source").asText()).isEqualTo("stored");
        assertThat(put("/rollout", wanted, tag).statusCode()).isEqualTo(412);
        assertThat(put("/rollout", wanted.replace("100", "101"), tag).statusCode())
                .isEqualTo(422);
        HttpResponse<String> withNull = put("/rollout", wanted.replace("}", ",\"platforms\":[\"ios\",null]}"), tag);
        assertThat(withNull.statusCode()).isEqualTo(422);
        assertThat(withNull.body()).contains("platforms must be words");
        JsonNode event = Api.json(get("/events?type=rollout_changed&limit=1")).at("/events/0");
        assertThat(event.get("reason").asText()).isEqualTo("a test");
        assertThat(event.get("actor").asText()).contains("@");
    }

    private static HttpResponse<String> put(String path, String body, @Nullable String condition) throws Exception {
        HttpRequest.Builder request = api.request(BASE + path)
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body));
        return api.send((condition == null ? request : request.header("If-Match", condition)).build());
    }

    @Test
    void aChangeIsPutDownWithWhoAndWhy() throws Exception {
        planted.live("scope", key);
        delete(pathOf("scope", key) + "?force=true&reason=support%20case");

        EventFilter ofKey =
                new EventFilter(Optional.empty(), Optional.of(key), Set.of(), Optional.empty(), Optional.empty());
        assertThat(trail.newest(ofKey, null, 10)).singleElement().satisfies(stored -> {
            assertThat(stored.event().actor()).contains(ADMIN);
            assertThat(stored.event().reason()).contains("support case");
            assertThat(stored.event().detail()).contains("action=delete", "stores=redis", "forced=true");
        });
    }

    @Test
    void theStoresSayWhoDecidesAndHowTheyAre() throws Exception {
        JsonNode stores = Api.json(get("/stores"));

        assertThat(stores.get("decides").asText()).isEqualTo("redis");
        assertThat(stores.at("/trust/redis_trusted").asBoolean()).isTrue();
        assertThat(stores.at("/stores/0/probe/version").asText()).matches("(redis|valkey) [0-9.]+");
        assertThat(stores.at("/stores/1/probe/version").asText()).matches("[0-9.]+.*");
        assertThat(stores.findValuesAsText("breaker")).containsOnly("closed");
        assertThat(stores.at("/journal/dropped").asLong()).isZero();
    }
}
