package dev.idem.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bulk reads of large answers stay within {@link PageBounds}, and lists read none of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RecordCopyContract {
    protected static final int RECORDS = 40;
    private static final int MEBIBYTE = 1 << 20;
    private static final Scope SCOPE = new Scope("user:1");

    protected final Set<RecordId> seen = new HashSet<>();

    /** An empty store. */
    protected abstract IdempotencyStore store();

    protected abstract RecordCopy copy();

    protected abstract RecordAdministration records();

    /** A number that grows with each byte of an answer that the server has read for us. */
    protected abstract long bytesRead();

    @BeforeEach
    void forget() {
        seen.clear();
    }

    @BeforeAll
    void fill() {
        for (int i = 0; i < RECORDS; i++) {
            Claim claim = store().claim(Sample.of(SCOPE, "key-" + i).request());
            assertThat(store().complete(((Claim.Acquired) claim).lease(), Sample.answer(i, MEBIBYTE)))
                    .isTrue();
        }
    }

    @Test
    void aScanOfAllHeadsReadsNoAnswers() {
        long before = bytesRead();

        copy().forEachHead(page -> page.forEach(head -> seen.add(head.id())));

        assertThat(seen).hasSize(RECORDS);
        assertThat(bytesRead() - before).isLessThan(RECORDS * (long) MEBIBYTE / 10);
    }

    @Test
    void recordsThatAreAskedForComeInPagesOfBoundedBytes() {
        List<RecordId> ids = IntStream.range(-1, RECORDS + 1)
                .mapToObj(i -> new RecordId(SCOPE, "key-" + i))
                .toList();

        copy().find(ids, this::see);

        assertThat(seen).hasSize(RECORDS);
    }

    @Test
    void aListReadsNoAnswers() {
        long before = bytesRead();

        assertThat(records()
                        .list(new RecordAdministration.Filter(null, null, null, 500), null)
                        .records())
                .allSatisfy(head -> assertThat(head.answerBytes()).isGreaterThan(MEBIBYTE));

        assertThat(bytesRead() - before).isLessThan(RECORDS * (long) MEBIBYTE / 10);
    }

    protected final void see(List<StoredRecord> page) {
        assertThat(page).isNotEmpty().hasSizeLessThanOrEqualTo((int) (PageBounds.BYTES / MEBIBYTE));
        page.forEach(record -> seen.add(record.id()));
    }
}
