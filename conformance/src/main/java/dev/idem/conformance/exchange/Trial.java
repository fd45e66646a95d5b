package dev.idem.conformance.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.profile.Profile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** One run of a case: what it may send, and the checks in the words of the field. */
public final class Trial extends Exchanges {
    /** Says that an answer is a replay. */
    public static final String MARK = "Idempotent-Replayed";

    /** Names an execution of the probe. */
    public static final String EXECUTION = "Probe-Execution";

    private static final ObjectMapper JSON = new ObjectMapper();

    public Trial(String id, Server server, Profile profile, Transcript transcript) {
        super(id, server, profile, transcript);
    }

    public void hasStatus(int status, Answer answer) {
        is("status", status, answer.status());
    }

    /** It was executed, whatever its status. */
    public void isExecution(Answer answer) {
        that(!isMarked(answer), "an answer that was just executed", "a replay: " + answer);
        that(
                answer.isSuccess() || answer.header(EXECUTION).isPresent(),
                "an answer that was just executed",
                answer.toString());
    }

    /** It is the first answer once more: status, body and the header that names the execution. */
    public void isReplay(Answer first, Answer repeat) {
        isExecution(first);
        isSame(first, repeat);
        if (profile().marksReplays()) {
            is(MARK, "true", repeat.header(MARK).orElse("(none)"));
        }
    }

    /** Requires that both answers are the same, whichever came first. */
    public void isSame(Answer one, Answer other) {
        is("status", one.status(), other.status());
        is(EXECUTION, one.header(EXECUTION), other.header(EXECUTION));
        that(Arrays.equals(one.body(), other.body()), "the body " + one.text(), other.text());
    }

    /** Both were executed, each for itself. */
    public void areTwo(Answer one, Answer other) {
        isExecution(one);
        isExecution(other);
        boolean differ = one.header(EXECUTION).isPresent()
                ? !one.header(EXECUTION).equals(other.header(EXECUTION))
                : !Arrays.equals(one.body(), other.body());
        that(differ, "another execution", "the first answer again: " + other);
    }

    /** A replay where such answers are stored, else another execution. */
    public void isReplayIf(boolean stored, Answer first, Answer repeat) {
        if (stored) {
            isReplay(first, repeat);
        } else {
            areTwo(first, repeat);
        }
    }

    /** Turned away by the layer: no execution, no replay, and in our profile a problem of this name. */
    public void isRefusal(int status, String problem, Answer answer) {
        hasStatus(status, answer);
        that(!isMarked(answer), "a refusal", "a replay: " + answer);
        is(EXECUTION, "(none)", answer.header(EXECUTION).orElse("(none)"));
        if (profile().speaksOurWay()) {
            is(
                    "type of the problem",
                    "/problems/" + problem,
                    problem(answer).path("type").asText());
        }
    }

    /** The key belongs to another request. */
    public void isReuse(Answer answer) {
        isRefusal(profile().reusedStatus(), "key-reused", answer);
    }

    /** The key is none. */
    public void isMalformed(Answer answer) {
        isRefusal(400, "invalid-key", answer);
    }

    public void isInProgress(Answer answer) {
        isRefusal(409, "request-in-progress", answer);
    }

    /** This case has had so many executions so far. */
    public void hasExecuted(int times) throws IOException, InterruptedException {
        is("executions", times, executions());
    }

    /** An answer's body as JSON. */
    public JsonNode problem(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new Mismatch("JSON", answer + " (" + e.getOriginalMessage() + ')');
        } catch (IOException e) {
            throw new IllegalStateException("an array can be read", e);
        }
    }

    /** All are replays of one execution, or that execution itself, or where repeats do not wait 409. */
    public void areOne(List<Answer> answers) throws IOException, InterruptedException {
        hasExecuted(1);
        List<Answer> results =
                answers.stream().filter(answer -> answer.status() != 409).toList();
        that(!results.isEmpty(), "an answer that is not 409", "409 alone");
        results.forEach(result -> isSame(results.get(0), result));
        if (profile().waits()) {
            is("answers that are 409", 0, answers.size() - results.size());
        }
        if (profile().marksReplays()) {
            is(
                    "answers without " + MARK,
                    1L,
                    results.stream().filter(result -> !isMarked(result)).count());
        }
    }

    public void hasNo(String header, Answer answer) {
        is(header, "(none)", answer.header(header).orElse("(none)"));
    }

    public void is(String what, Object expected, Object actual) {
        that(Objects.equals(expected, actual), what + ' ' + expected, String.valueOf(actual));
    }

    public void that(boolean holds, String expected, String got) {
        if (!holds) {
            throw new Mismatch(expected, got);
        }
    }

    /** To be thrown: ends the case without a verdict. */
    public RuntimeException notApplicable(String reason) {
        return new NotApplicable(reason);
    }

    public static boolean isMarked(Answer answer) {
        return answer.header(MARK).isPresent();
    }
}
