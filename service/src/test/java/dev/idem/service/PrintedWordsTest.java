package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.event.AuditType;
import dev.idem.core.store.UnavailableReason;
import dev.idem.dropwizard.health.Readiness;
import dev.idem.http.decision.outcome.AnswerWord;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A word in a response, a log or a metric is in the documentation. */
final class PrintedWordsTest {
    @Test
    void everyProblemHasItsRow() throws IOException {
        String page = page("problems.md");
        for (ProblemType type : ProblemType.values()) {
            assertThat(page)
                    .contains("| `" + type.slug() + "` | " + type.status() + " | " + (type.retryable() ? "yes" : "no")
                            + " | " + type.meaning() + " | ");
        }
    }

    @Test
    void everyLabelIsNamed() throws IOException {
        assertNamed(page("operations.md"), Arrays.stream(Outcome.values()).map(Outcome::label));
        assertNamed(page("operations.md"), Arrays.stream(Layer.values()).map(Layer::label));
        assertNamed(page("operations.md"), Arrays.stream(AnswerWord.values()).map(AnswerWord::label));
        assertNamed(
                page("operations.md"), Arrays.stream(Readiness.Reason.values()).map(Readiness.Reason::label));
        assertNamed(
                page("operations.md"),
                Arrays.stream(EngineListener.Operation.values()).map(this::label));
        assertNamed(
                page("operations.md"),
                Arrays.stream(EngineListener.Result.values()).map(this::label));
        assertNamed(
                page("admin-api.md"), Arrays.stream(UnavailableReason.values()).map(UnavailableReason::label));
        assertNamed(page("audit.md"), Arrays.stream(AuditType.values()).map(AuditType::label));
    }

    private String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void assertNamed(String page, Stream<String> words) {
        assertThat(words).allSatisfy(word -> assertThat(page).containsPattern("`" + word + "`"));
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("..", "docs", name));
    }
}
