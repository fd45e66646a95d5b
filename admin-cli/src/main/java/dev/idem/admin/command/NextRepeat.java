package dev.idem.admin.command;

import dev.idem.admin.output.HumanDuration;
import dev.idem.core.record.Answer;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.StoredRecord;
import java.time.Duration;
import java.util.Optional;

/** What the next repeat of a request gets, in words, as far as the store that decides knows. */
final class NextRepeat {
    private NextRepeat() {}

    /** @param record of the store that decides */
    static String of(Optional<StoredRecord> record) {
        return record.map(NextRepeat::of).orElse("executes: there is no record");
    }

    private static String of(StoredRecord record) {
        Duration silence = Duration.between(record.heartbeatAt(), record.readAt());
        return record.answer().map(answer -> ofAnswer(record, answer)).orElseGet(() -> ofLease(record, silence));
    }

    private static String ofAnswer(StoredRecord record, Answer answer) {
        boolean over = record.window()
                .map(window -> record.readAt().isAfter(record.claimedAt().plus(window)))
                .orElse(false);
        if (over) {
            return "executes: the window is over";
        }
        if (record.outcomeUnknown()) {
            return "is refused: nobody knows what became of the request (see: idem-admin resolve --help)";
        }
        return answer instanceof RecordedResponse response
                ? "is given the stored " + response.status()
                : "is refused with 409: the request took effect, and its answer was not stored";
    }

    private static String ofLease(StoredRecord record, Duration silence) {
        Duration left = record.lockTimeout().minus(silence);
        return record.stale()
                ? "executes: it takes over from an owner that has been silent for " + HumanDuration.of(silence)
                : "waits for the answer as long as its route allows, and then gets 409; it takes over if the owner is"
                        + " silent for another " + HumanDuration.of(left);
    }
}
