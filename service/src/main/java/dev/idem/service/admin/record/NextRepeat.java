package dev.idem.service.admin.record;

import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.StoredRecord;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the next request with this key gets, if it is the same request; another one gets 422 as long as there is a record.
 *
 * @param outcome {@code executes}, {@code replayed}, {@code waits} or {@code refused}
 * @param status the HTTP status, where it is known
 * @param text the same for people
 */
record NextRepeat(String outcome, @Nullable Integer status, String text) {

    /** @param deciding the record in the store that decides; empty if that has none */
    static NextRepeat after(Optional<StoredRecord> deciding) {
        return deciding.map(NextRepeat::after)
                .orElseGet(() -> executes("It executes: the store that decides has no record of the key."));
    }

    private static NextRepeat after(StoredRecord record) {
        if (record.answer().isPresent()) {
            return answered(record);
        }
        Duration silent = Duration.between(record.heartbeatAt(), record.readAt());
        if (record.stale()) {
            return executes("It takes over from an owner that has been silent for " + silent.toSeconds()
                    + " s, and executes, unless the route's onUnknown says otherwise.");
        }
        return new NextRepeat(
                "waits",
                null,
                "It waits for the answer of the one that executes now, and past the route's wait it gets 409. It takes over"
                        + " if nothing is heard of the owner for "
                        + record.lockTimeout().minus(silent).toSeconds() + " s more.");
    }

    private static NextRepeat answered(StoredRecord record) {
        boolean windowIsOver = record.window()
                .filter(window -> record.claimedAt().plus(window).isBefore(record.readAt()))
                .isPresent();
        if (windowIsOver) {
            return executes("It executes: the window in which requests without a key count as repeats is over.");
        }
        if (record.answer().orElseThrow() instanceof RecordedResponse response) {
            return new NextRepeat(
                    "replayed", response.status(), "It is answered with the stored " + response.status() + '.');
        }
        return record.answer().filter(AnswerNotStored.OUTCOME_UNKNOWN::equals).isPresent()
                ? new NextRepeat(
                        "refused",
                        409,
                        "It is refused: nobody knows whether the first one took effect (idem-admin resolve).")
                : new NextRepeat(
                        "refused", 409, "It is refused: the first one took effect, and its answer was not kept.");
    }

    private static NextRepeat executes(String text) {
        return new NextRepeat("executes", null, text);
    }
}
