package dev.idem.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.Window;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is stored, and given to repeats: the first answer, byte for byte, under its own key. */
abstract class AnswerContract extends LeaseContract {
    @Test
    void aCompletedRequestIsReplayed() {
        Answer answer = response(201, "made");
        assertThat(store().complete(acquire(request("k")), answer)).isTrue();

        assertThat(replay("k")).isEqualTo(answer);
        assertThat(replay("k")).isEqualTo(answer);
    }

    @Test
    void anAnswerWithNoBodyAndNoHeadersIsReplayedAsOne() {
        RecordedResponse empty = new RecordedResponse(204, List.of(), new byte[0]);
        store().complete(acquire(request("k")), empty);

        assertThat(replay("k")).isEqualTo(empty);
    }

    @Test
    void anAnswerThatIsNotStoredStillStopsRepeats() {
        Answer notStored = new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE);
        store().complete(acquire(request("k")), notStored);

        assertThat(replay("k")).isEqualTo(notStored);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedAfterTheFirstAndChangesNothing() {
        Answer answer = response(201, "made");
        store().complete(acquire(request("k")), answer);

        assertThat(store().claim(request("k", OTHER_FINGERPRINT))).isInstanceOf(Claim.KeyReused.class);
        assertThat(replay("k")).isEqualTo(answer);
    }

    @Test
    void completingTwiceKeepsTheFirstAnswer() {
        Lease lease = acquire(request("k"));
        store().complete(lease, response(201, "first"));

        assertThat(store().complete(lease, response(500, "second"))).isTrue();
        assertThat(replay("k")).isEqualTo(response(201, "first"));
    }

    @Test
    void bodiesAreBytesNotText() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        RecordedResponse binary =
                new RecordedResponse(200, List.of(new Header("Content-Type", "image/png")), everyByte);
        store().complete(acquire(request("k")), binary);

        assertThat(replay("k")).isEqualTo(binary);
    }

    @Test
    void repeatedHeadersKeepTheirNumberAndOrder() {
        List<Header> headers = List.of(
                new Header("Link", "</a>; rel=next"),
                new Header("Warning", "199 - \"é\""),
                new Header("link", "</b>; rel=last"),
                new Header("X-Empty", ""));
        RecordedResponse response = new RecordedResponse(303, headers, new byte[] {1});
        store().complete(acquire(request("k")), response);

        assertThat(replay("k")).isEqualTo(response);
    }

    @Test
    void aCompressedAnswerIsGivenAsItWas() {
        byte[] body = "{\"item\":\"book\"}".repeat(500).getBytes(UTF_8);
        RecordedResponse answer = new RecordedResponse(200, List.of(), body);
        store().complete(acquire(request("k")), answer.compressed());

        assertThat(replay("k")).isEqualTo(answer);
    }

    @Test
    void aMebibyteIsStoredWhole() {
        byte[] body = new byte[1 << 20];
        new Random(42).nextBytes(body);
        RecordedResponse large = new RecordedResponse(200, List.of(), body);
        store().complete(acquire(request("k")), large);

        assertThat(replay("k")).isEqualTo(large);
    }

    @Test
    void keysOf255CharactersWithEveryPrintableOneAreToldApart() {
        StringBuilder printable = new StringBuilder();
        for (char c = ' '; c <= '~'; c++) {
            printable.append(c);
        }
        String key = printable.toString().repeat(3).substring(0, 254);
        store().complete(acquire(request(key + "1")), response(200, "one"));
        store().complete(acquire(request(key + "2")), response(200, "two"));

        assertThat(replay(key + "1")).isEqualTo(response(200, "one"));
        assertThat(replay(key + "2")).isEqualTo(response(200, "two"));
    }

    @Test
    void aSeparatorInAKeyOrScopeDoesNotMixRecords() {
        Scope left = new Scope(scope() + ":a");
        store().complete(acquire(request(new RecordId(left, "b"))), response(200, "left"));

        assertThat(store().claim(request(new RecordId(scope(), "a:b")))).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void aKeyThatSpellsAFingerprintNeverMeetsTheRequestWithoutAKey() {
        RecordId without = RecordId.of(scope(), FINGERPRINT);
        ClaimRequest withoutKey = new ClaimRequest(
                without,
                FINGERPRINT,
                UUID.randomUUID(),
                LONG,
                LONG,
                new ClaimOrigin("node", "POST /"),
                Consistency.FAST,
                Optional.of(new Window(LONG, false)));
        String spelt = without.key().strip();

        Lease ofTheKey = acquire(request(spelt));
        Lease ofTheContent = acquire(withoutKey);
        store().complete(ofTheContent, response(201, "of the content"));
        store().complete(ofTheKey, response(201, "of the key"));

        assertThat(spelt).isEqualTo("fingerprint:" + FINGERPRINT);
        assertThat(replay(spelt)).isEqualTo(response(201, "of the key"));
        assertThat(store().claim(withoutKey))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(response(201, "of the content")));
    }
}
