package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Atomic methods whose transactions see one snapshot: nobody else changes the record meanwhile. */
@ExtendWith(ServersExtension.class)
final class SnapshotIT {
    private static final int REQUESTS = 20;

    private final String note = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource({"serializable, fast", "repeatable read, strict"})
    void onlyOthersConflictWithThem(String isolation, String consistency, TestRedis redis, TestDatabase database)
            throws Exception {
        String settings = "{ consistency: " + consistency + ", policy: { lockTimeout: 1s, wait: 0s } }";
        try (TestService service = TestService.start(redis, database, settings)) {
            Books books = Books.open(database.jdbcUrl());
            succeedEachTime(service, "/ledger/isolated?note=");
            books.isolate(isolation);
            ((DataSourceProxy) service.database()).purge();
            succeedEachTime(service, "/ledger?note=");
            assertThat(books.lines(note)).isEqualTo(2 * REQUESTS);

            succeedWithoutHeartbeats(service, books);
            int before = books.lines(note);
            rollBackAConflict(service, books);
            assertThat(books.lines(note)).isEqualTo(before + 1);
        }
    }

    private void succeedEachTime(TestService service, String path) throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            HttpResponse<String> answer = service.post(path + note, TestService.newKey());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        }
    }

    private void succeedWithoutHeartbeats(TestService service, Books books) throws Exception {
        String key = TestService.newKey();
        CompletableFuture<HttpResponse<String>> slow = begin(service, books, key);
        await().until(() -> books.isSlow(key));
        service.ledger().open();
        assertThat(slow.get().statusCode()).as(slow.get().body()).isEqualTo(201);
    }

    private void rollBackAConflict(TestService service, Books books) throws Exception {
        String key = TestService.newKey();
        CompletableFuture<HttpResponse<String>> slow = begin(service, books, key);
        int entered = service.ledger().entered();
        books.touch(key);
        service.ledger().open();

        assertThat(slow.get().statusCode()).isEqualTo(503);
        assertThat(slow.get().headers().firstValue("Retry-After")).contains("1");
        assertThat(slow.get().body()).contains("is rolled back; nothing took effect");
        assertThat(service.ledger().entered()).isEqualTo(entered);
        assertThat(service.post("/ledger/slow?note=" + note, key).statusCode()).isEqualTo(201);
    }

    private CompletableFuture<HttpResponse<String>> begin(TestService service, Books books, String key) {
        CountDownLatch unused = service.ledger().close();
        CompletableFuture<HttpResponse<String>> slow =
                service.sendLater(service.post("/ledger/slow?note=" + note, key, "{}"));
        await().until(() -> books.openTransactions() == 1);
        return slow;
    }
}
