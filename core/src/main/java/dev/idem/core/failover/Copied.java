package dev.idem.core.failover;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import java.util.List;

/**
 * How much has been copied.
 *
 * @param records how many records
 * @param bytes of their answers
 */
record Copied(long records, long bytes) {
    static final Copied NOTHING = new Copied(0, 0);

    Copied and(List<StoredRecord> more) {
        long answers = more.stream()
                .flatMap(record -> record.answer().stream())
                .mapToLong(Answer::bytes)
                .sum();
        return new Copied(records + more.size(), bytes + answers);
    }

    Copied since(Copied before) {
        return new Copied(records - before.records, bytes - before.bytes);
    }

    boolean isAtMost(Copied limit) {
        return records <= limit.records && bytes <= limit.bytes;
    }
}
