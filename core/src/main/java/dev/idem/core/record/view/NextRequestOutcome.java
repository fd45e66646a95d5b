package dev.idem.core.record.view;

import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.answer.AnswerSummary;
import dev.idem.core.record.answer.ResponseSummary;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the next request with a record's key gets if it is the same request, according to the authoritative store. A
 * different request gets 422 as long as there is a record.
 *
 * @param status of HTTP; null if only the request's own execution or the other's answer decides
 * @param words a description that continues "it" or "the next repeat"
 */
public record NextRequestOutcome(Outcome outcome, @Nullable Integer status, String words) {

    /** What happens to the request. */
    public enum Outcome {
        EXECUTES,
        REPLAYED,
        WAITS,
        REFUSED;

        /** The label for operators. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param deciding the record in the authoritative store; empty if that has none */
    public static NextRequestOutcome after(Optional<? extends SeenRecord> deciding) {
        return deciding.map(record -> NextRequestOutcome.after((SeenRecord) record))
                .orElseGet(() -> executes("executes: the authoritative store has no record of the key"));
    }

    private static NextRequestOutcome after(SeenRecord record) {
        return record.answerSummary().map(answer -> afterAnswer(record, answer)).orElseGet(() -> afterClaim(record));
    }

    private static NextRequestOutcome afterAnswer(SeenRecord record, AnswerSummary answer) {
        boolean windowIsOver = record.window()
                .filter(window -> record.claimedAt().plus(window).isBefore(record.readAt()))
                .isPresent();
        if (windowIsOver) {
            return executes("executes: the window in which requests without a key count as repeats has ended");
        }
        if (answer instanceof ResponseSummary response) {
            return new NextRequestOutcome(
                    Outcome.REPLAYED, response.status(), "is given the stored " + response.status());
        }
        return new NextRequestOutcome(
                Outcome.REFUSED,
                409,
                record.outcomeUnknown()
                        ? "is refused with 409: nobody knows whether the first request took effect (see: idem-admin resolve --help)"
                        : "is refused with 409: the first request took effect, and its answer was not kept");
    }

    private static NextRequestOutcome afterClaim(SeenRecord record) {
        Duration silence = Duration.between(record.heartbeatAt(), record.readAt());
        if (record.stale()) {
            return executes("executes: it takes over from an owner that has been silent for " + silence.toSeconds()
                    + " s, unless the route's onUnknown says otherwise");
        }
        return new NextRequestOutcome(
                Outcome.WAITS,
                null,
                "waits for the answer as long as its route allows, and then gets 409; it takes over if the owner is silent for"
                        + " another " + record.lockTimeout().minus(silence).toSeconds() + " s");
    }

    private static NextRequestOutcome executes(String words) {
        return new NextRequestOutcome(Outcome.EXECUTES, null, words);
    }
}
