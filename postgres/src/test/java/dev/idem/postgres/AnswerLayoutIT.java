package dev.idem.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.verification.support.Golden;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every release can read the rows of an earlier one, and does not damage those of a later one. */
@ExtendWith(ServersExtension.class)
class AnswerLayoutIT {
    private static final Answer ANSWER = new RecordedResponse(
            201,
            List.of(new Header("Location", "/shares/1"), new Header("X-Part", "one"), new Header("X-Part", "two")),
            "{\"id\":1}\n".getBytes(UTF_8));

    private final byte[] golden = Golden.bytes(AnswerCodec.class, "answer-1.hex");
    private MigratedDatabase database;
    private PostgresStore store;

    @BeforeEach
    void open(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anAnswerIsReplayed() {
        leave(golden);

        assertThat(store.claim(request()))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(ANSWER));
        assertThat(AnswerCodec.encode(ANSWER)).isEqualTo(golden);
    }

    @Test
    void anAnswerOfAnUnknownVersionIsRefusedByNameAndStaysAsItIs() {
        byte[] newer = golden.clone();
        newer[0] = 2;
        Lease lease = leave(newer);

        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> store.claim(request()))
                .withMessageContaining("an answer of version 2 needs a newer release");
        assertThat(store.complete(lease, ANSWER)).isTrue(); // its owner has completed it before
        assertThat(store.abandon(lease)).isFalse();
        assertThat(stored()).isEqualTo(newer);
    }

    private Lease leave(byte[] answer) {
        Lease lease = ((Claim.Acquired) store.claim(request())).lease();
        store.complete(lease, ANSWER);
        database.jdbi().useHandle(handle -> handle.createUpdate("UPDATE idempotency_records SET answer = :answer")
                .bind("answer", answer)
                .execute());
        return lease;
    }

    private byte[] stored() {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT answer FROM idempotency_records")
                .mapTo(byte[].class)
                .one());
    }

    private static ClaimRequest request() {
        return new ClaimRequest(
                new RecordId(new Scope("user:1"), "k"),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                new ClaimOrigin("node", "POST /"));
    }
}
