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
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change of the rollout reaches all nodes, and survives a restart of all of them. */
@ExtendWith(ServersExtension.class)
@Timeout(90)
final class RolloutNodesIT {
    private static final String ADMIN = "admin@example.com";
    private static final String ROLLOUT = "/api/v1/admin/idempotency/rollout";

    @Test
    void whatOneNodeIsToldAllFollowAndANewOneBeginsWith(TestRedis redis, TestDatabase database) throws Exception {
        try (RunningService first = new RunningService(redis, database)) {
            first.users().add(ADMIN, RunningService.PASSWORD, Role.ADMIN);
            try (RunningService second = RunningService.another(redis, database)) {
                Api told = first.api();
                Api following = second.api();
                String token = told.login(ADMIN, RunningService.PASSWORD);
                assertThat(isProtected(following)).isTrue();

                assertThat(put(told, token, "{\"enabled\":false,\"percent\":100,\"reason\":\"a test\"}")
                                .statusCode())
                        .isEqualTo(200);

                await().until(() -> !isProtected(following));
                assertThat(isProtected(told)).isFalse();
                assertThat(rollout(following, token)).isEqualTo(rollout(told, token));
            }
        }
        try (RunningService restarted = RunningService.another(redis, database)) {
            Api api = restarted.api();
            assertThat(isProtected(api)).isFalse();
            assertThat(rollout(api, api.login(ADMIN, RunningService.PASSWORD))
                            .get("source")
                            .asText())
                    .isEqualTo("stored");
        }
    }

    /** Only a protected request's key is answered with a header. */
    private static boolean isProtected(Api api) throws Exception {
        String ann = api.login(RunningService.ANN, RunningService.PASSWORD);
        return api.share(ann, UUID.randomUUID().toString(), Api.REDDIT)
                .headers()
                .firstValue("Idempotency-Key")
                .isPresent();
    }

    private static JsonNode rollout(Api api, String token) throws Exception {
        return Api.json(api.get(token, ROLLOUT));
    }

    private static HttpResponse<String> put(Api api, String token, String body) throws Exception {
        String tag = api.get(token, ROLLOUT).headers().firstValue("ETag").orElseThrow();
        return api.send(api.request(ROLLOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("If-Match", tag)
                .PUT(BodyPublishers.ofString(body))
                .build());
    }
}
