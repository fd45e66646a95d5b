package dev.idem.admin.output;

import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.RecordedResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an answer without showing the user's data in it.
 *
 * @param stored whether repeats are answered with it
 * @param status null unless stored
 * @param headerCount null unless stored
 * @param bodyBytes null unless stored
 * @param notStoredReason {@code too_large}, {@code failed} or {@code outcome_unknown}; null if stored
 */
public record AnswerView(
        boolean stored,
        @Nullable Integer status,
        @Nullable Integer headerCount,
        @Nullable Integer bodyBytes,
        @Nullable String notStoredReason) {

    static AnswerView of(Answer answer) {
        if (answer instanceof RecordedResponse response) {
            return new AnswerView(true, response.status(), response.headers().size(), response.body().length, null);
        }
        AnswerNotStored missing = (AnswerNotStored) answer;
        return new AnswerView(false, null, null, null, missing.reason().name().toLowerCase(Locale.ROOT));
    }

    String describe() {
        return stored
                ? status + ", " + headerCount + " headers, " + bodyBytes + " bytes"
                : "not stored (" + notStoredReason + ")";
    }
}
