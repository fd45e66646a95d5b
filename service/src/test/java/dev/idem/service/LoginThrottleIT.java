package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever guesses passwords has to wait. Each test has a service of its own, since all come from one address. */
@ExtendWith(ServersExtension.class)
final class LoginThrottleIT {
    private RunningService service;
    private Api api;

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        service = new RunningService(redis, database);
        api = service.api();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aWrongLoginIsAProblemAndTheEleventhInAMinuteHasToWait() throws Exception {
        String email = UUID.randomUUID() + "@example.com";
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            statuses.add(api.tryLogin(email, "wrong password").statusCode());
        }
        HttpResponse<String> eleventh = api.tryLogin(email, "wrong password");

        assertThat(statuses).containsOnly(401);
        assertThat(eleventh.statusCode()).isEqualTo(429);
        assertThat(eleventh.headers().firstValue("Retry-After").map(Integer::parseInt))
                .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 60));
        assertThat(eleventh.body()).contains("/problems/too-many-requests");
    }

    @Test
    void addressesThatNoDatabaseCanHoldAreWrongAndCount() throws Exception {
        List<String> emails = List.of("\0", "ann@example.com\0", "\0ann@example.com", "a\0@example.com");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            statuses.add(api.tryLogin(emails.get(i % emails.size()), RunningService.PASSWORD)
                    .statusCode());
        }
        HttpResponse<String> eleventh = api.tryLogin(emails.get(0), RunningService.PASSWORD);

        assertThat(statuses).containsOnly(401);
        assertThat(eleventh.statusCode()).isEqualTo(429);
        assertThat(eleventh.body()).contains("/problems/too-many-requests");
    }

    @Test
    void aPasswordMayHaveAnyCharacterAndIsWrong() throws Exception {
        HttpResponse<String> wrong = api.tryLogin(RunningService.ANN, RunningService.PASSWORD + "\0");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("/problems/invalid-credentials");
    }

    @Test
    void tenFailuresOfAnAddressWithDifferentAccountsCountToo() throws Exception {
        for (int i = 0; i < 10; i++) {
            api.tryLogin(UUID.randomUUID() + "@example.com", "wrong password");
        }

        assertThat(api.tryLogin(RunningService.ANN, RunningService.PASSWORD).statusCode())
                .isEqualTo(429);
    }

    @Test
    void loginsThatSucceedAreNotCounted() throws Exception {
        for (int i = 0; i < 12; i++) {
            assertThat(api.tryLogin(RunningService.ANN, RunningService.PASSWORD).statusCode())
                    .isEqualTo(200);
        }
    }
}
