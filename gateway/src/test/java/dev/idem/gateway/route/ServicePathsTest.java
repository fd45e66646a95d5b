package dev.idem.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.http.problem.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePathsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi.json",
                "/openapi.json/",
                "/api/auth/login",
                "/api/v1/shares",
                "/api/v1/shares/",
                "/api/v1/shares/17",
                "/api/v1/admin/idempotency",
                "/api/v1/admin/idempotency/records/a/b%2Fc",
                "/api/v1/admin/gateway/routes",
                "/api/v1/executions",
                "/api/v1/executions/17/heartbeat",
                "/api/v1/executions:batch",
                "/api/v1/idempotency-record",
                "/api/v1/idempotency-record/answer",
                "/console",
                "/console/",
                "/console/app.js"
            })
    void theServiceAnswersThese(String path) {
        assertThat(ServicePaths.include(path)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aProblemHasAPage(ProblemType type) {
        assertThat(ServicePaths.include(type.uri())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "*",
                "/api",
                "/api/",
                "/api/auth",
                "/api/auth/login/x",
                "/api/auth/loginx",
                "/api/v1/orders",
                "/api/v1/sharesX",
                "/api/v1/shares/17/comments",
                "/api/v1/admin",
                "/api/v1/admin/idempotencyX",
                "/api/v1/admin/gateway",
                "/api/v1/executions:other",
                "/api/v1/idempotency-records",
                "/problems",
                "/problems/of-theirs",
                "/problems/key-reused/x",
                "/openapi.jsonx",
                "/openapi.json/x",
                "/OPENAPI.JSON",
                "/consoles"
            })
    void andNoneBesideThem(String path) {
        assertThat(ServicePaths.include(path)).isFalse();
    }
}
