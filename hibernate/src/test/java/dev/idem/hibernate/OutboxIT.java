package dev.idem.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is to run before the commit does, and a session is bound to no thread that serves another request. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutboxIT {
    private final Shop shop;
    private final String note = UUID.randomUUID().toString();
    private final String key = UUID.randomUUID().toString();

    OutboxIT(TestRedis redis, TestDatabase database) throws Exception {
        shop = Shop.stocked(redis, database, null);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource({"synchronized, /line", "changed, /changed", "intercepted, /intercepted/once"})
    void whatIsDoneRightBeforeTheCommitIsCommitted(String path, String written) throws Exception {
        String of = UUID.randomUUID().toString();
        String before = shop.send(shop.request("/outbox/x/outcomes"));
        HttpResponse<String> first =
                shop.post("/outbox/" + of + '/' + path, UUID.randomUUID().toString());

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(shop.purchases(of + written)).isEqualTo(1);
        assertThat(shop.purchases(of + written + written)).isZero();
        assertThat(shop.send(shop.request("/outbox/x/outcomes")))
                .isEqualTo(before.equals("[]") ? "[3]" : before.replace("]", ",3]"));
    }

    @Test
    void whatRefusesRightBeforeTheCommitRollsBack() throws Exception {
        assertThat(shop.post("/outbox/" + note + "/refused", key).statusCode()).isEqualTo(500);
        assertThat(shop.purchases(note)).isZero();
    }

    @Test
    void aSessionWhoseMethodHasFailedStaysWithItsWork() throws Exception {
        HttpResponse<String> first = shop.post("/outbox/" + note + "/careless", key);
        assertNothingIsBound();
        String unused = shop.send(shop.request("/outbox/x/go-on"));
        HttpResponse<String> repeat = shop.post("/outbox/" + note + "/careless", key);

        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(repeat.body()).isEqualTo("{\"late\":true}");
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(shop.purchases(note)).isEqualTo(1);
    }

    /** Without a key it is committed before its answer is written, and stays open for that. */
    @Test
    void aSessionIsUnboundWhereItsAnswerWasMade() throws Exception {
        for (int i = 0; i < 50; i++) {
            String path = "/outbox/" + note + '-' + i + "/stage";
            assertThat(shop.send(shop.request(path).POST(BodyPublishers.noBody())))
                    .contains(note);
        }
        assertNothingIsBound();
        assertThat(shop.purchases(note + '-')).isEqualTo(50);
    }

    private void assertNothingIsBound() throws Exception {
        for (int i = 0; i < 30; i++) {
            assertThat(shop.send(shop.request("/shelf/x/bound"))).isEqualTo("false");
        }
    }
}
