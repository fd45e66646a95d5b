package dev.idem.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.ResponseSummary;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of a store's records, in each store. */
public abstract class RecordAdministrationContract {
    private static final Answer ANSWER = Sample.answer(1, 100);
    private static final Duration SHORT = Duration.ofMillis(1);

    private Scope scope = new Scope("nobody");

    @BeforeEach
    void eachTestHasAScopeOfItsOwn() {
        scope = new Scope("user:" + UUID.randomUUID());
    }

    /** Grants and completes. */
    protected abstract IdempotencyStore store();

    /** The same store's records. */
    protected abstract RecordAdministration records();

    /** Whatever the route's policy says of unknown outcomes: no takeover tells it (decision 063). */
    @Test
    void aKeyThatWasClearedIsAFirstRequestsNotATakeover() {
        ClaimRequest request = Sample.of(scope, "k").lockTimeout(SHORT).request();
        assertThat(store().claim(request)).isInstanceOf(Claim.Acquired.class);
        await().until(() -> onlyHead("k").stale());
        assertThat(records().clearIfStale(onlyHead("k"), SHORT)).isTrue();

        assertThat(store().claim(Sample.of(scope, "k").request()))
                .isInstanceOfSatisfying(
                        Claim.Acquired.class,
                        acquired -> assertThat(acquired.lease().takenOver()).isFalse());
    }

    @Test
    void aHeadSaysTheSameAsTheRecord() {
        completed("k");

        RecordHead head = onlyHead("k");

        StoredRecord whole = records().find(id("k")).orElseThrow();
        assertThat(head.with(whole.answer()))
                .usingRecursiveComparison()
                .ignoringFields("readAt", "expiresAt")
                .isEqualTo(whole);
        assertThat(head.answerSummary()).isEqualTo(whole.answerSummary()).get().isInstanceOf(ResponseSummary.class);
        assertThat(head.answerBytes()).isEqualTo(AnswerCodec.encode(ANSWER).length);
        assertThat(head.isFinal()).isTrue();
    }

    @Test
    void aRunningRequestHasNoAnswer() {
        claimed("k");

        RecordHead head = onlyHead("k");

        assertThat(head.executing()).isTrue();
        assertThat(head.answerSummary()).isEmpty();
        assertThat(head.answerBytes()).isZero();
    }

    @Test
    void anUnknownOutcomeIsSeenInTheHead() {
        assertThat(store().complete(claimed("k"), AnswerNotStored.OUTCOME_UNKNOWN))
                .isTrue();

        assertThat(onlyHead("k").outcomeUnknown()).isTrue();
        assertThat(onlyHead("k").isFinal()).isFalse();
        assertThat(records().resolve(onlyHead("k"), ANSWER)).isTrue();
        assertThat(records().find(id("k")).orElseThrow().answer()).contains(ANSWER);
    }

    @Test
    void aMissingRecordHasNoHead() {
        claimed("k");

        assertThat(records().heads(List.of(id("k"), id("missing")))).hasSize(1);
        assertThat(records().heads(List.of())).isEmpty();
    }

    @Test
    void aKeyIsFoundInEachScope() {
        String key = UUID.randomUUID().toString();
        completed(key);
        Sample other = Sample.of(new Scope("user:" + UUID.randomUUID()), key);
        assertThat(store().claim(other.request())).isInstanceOf(Claim.Acquired.class);

        RecordAdministration.Found found = records().findByKey(key, 10, Depth.QUICK);
        assertThat(found.whole()).isTrue();
        assertThat(found.heads()).extracting(RecordHead::id).containsExactlyInAnyOrder(id(key), other.id());
    }

    @Test
    void aHeldRecordIsOnlyListedAsHeld() {
        completed("done");
        Sample lost = Sample.of(scope, "lost");
        Claim.Acquired claim = (Claim.Acquired) store().claim(lost.request());
        assertThat(store().complete(claim.lease(), AnswerNotStored.OUTCOME_UNKNOWN))
                .isTrue();

        assertThat(listed(new Filter(RecordState.HELD, scope, null, 3))).containsExactly(lost.id());
        assertThat(listed(new Filter(RecordState.COMPLETED, scope, null, 3))).containsExactly(id("done"));
        assertThat(listed(new Filter(null, scope, null, 3))).hasSize(2);
    }

    @Test
    void aListIsReadInPages() {
        for (int i = 0; i < 7; i++) {
            completed("k" + i);
        }

        assertThat(listed(new Filter(null, scope, null, 3))).hasSize(7);
        assertThat(listed(new Filter(RecordState.COMPLETED, scope, null, 3))).hasSize(7);
        assertThat(listed(new Filter(RecordState.PROCESSING, scope, null, 3))).isEmpty();
    }

    @Test
    void aListIsNarrowedToProcessingAndToStaleRecords() {
        completed("done");
        claimed("running");
        for (int i = 0; i < 7; i++) {
            assertThat(store().claim(sample("dead" + i).lockTimeout(SHORT).request()))
                    .isInstanceOf(Claim.Acquired.class);
        }
        await().until(() -> records().find(id("dead6")).orElseThrow().stale());

        assertThat(listed(new Filter(RecordState.PROCESSING, scope, null, 3))).hasSize(8);
        assertThat(listed(new Filter(RecordState.PROCESSING, scope, Duration.ZERO, 3)))
                .hasSize(7)
                .doesNotContain(id("running"), id("done"));
        assertThat(listed(new Filter(RecordState.PROCESSING, scope, Duration.ofHours(1), 3)))
                .isEmpty();
    }

    @Test
    void aScopesNewestRecordsComeFirst() {
        completed("first");
        completed("second");
        completed("third");
        String route = onlyHead("first").origin().route();

        assertThat(newest(Optional.empty(), 2)).containsExactly("third", "second");
        assertThat(newest(Optional.of(route), 9)).containsExactly("third", "second", "first");
        assertThat(newest(Optional.of("GET /other"), 9)).isEmpty();
    }

    @Test
    void aSearchSaysWhenThereIsMoreThanItMayExamine() {
        completed("first");
        completed("second");

        assertThat(records().newest(scope, Optional.empty(), 1, new Depth(1)).whole())
                .isFalse();
        assertThat(records().newest(scope, Optional.empty(), 1, Depth.WHOLE).whole())
                .isTrue();
    }

    @Test
    void aDeletedKeyIsFreeWhateverItsRecordWas() {
        completed("answered");
        claimed("running");

        assertThat(records().delete(id("answered"))).isTrue();
        assertThat(records().delete(id("running"))).isTrue();
        assertThat(records().delete(id("answered"))).isFalse();

        completed("answered");
        completed("running");
    }

    @Test
    void aKeyThatWasReleasedIsFree() {
        assertThat(store().complete(claimed("k"), AnswerNotStored.OUTCOME_UNKNOWN))
                .isTrue();

        assertThat(records().release(onlyHead("k"))).isTrue();

        completed("k");
    }

    private List<String> newest(Optional<String> route, int limit) {
        return records().newest(scope, route.map(wanted -> wanted::equals), limit, Depth.QUICK).heads().stream()
                .map(head -> head.id().key())
                .toList();
    }

    private List<RecordId> listed(Filter filter) {
        List<RecordId> ids = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page page = records().list(filter, cursor);
            page.records().forEach(head -> ids.add(head.id()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private RecordHead onlyHead(String key) {
        return records().heads(List.of(id(key))).get(0);
    }

    private Sample sample(String key) {
        return Sample.of(scope, key);
    }

    private RecordId id(String key) {
        return sample(key).id();
    }

    private Lease claimed(String key) {
        return ((Claim.Acquired) store().claim(sample(key).request())).lease();
    }

    private void completed(String key) {
        assertThat(store().complete(claimed(key), ANSWER)).isTrue();
    }
}
