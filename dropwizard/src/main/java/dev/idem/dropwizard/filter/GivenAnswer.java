package dev.idem.dropwizard.filter;

import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.http.decision.Decision;
import dev.idem.http.problem.ProblemJson;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/** What the layer answers in place of the resource method: a replay or a refusal. Immutable. */
final class GivenAnswer {
    private final Decision.Answered answer;
    private final byte[] body;

    GivenAnswer(Decision.Answered answer) {
        this.answer = answer;
        this.body = answer instanceof Decision.Replay replay
                ? replay.response().body()
                : ProblemJson.of(answer.refusalIfAny().orElseThrow().problem());
    }

    Decision.Answered answer() {
        return answer;
    }

    /** The stored head of a replay. */
    List<Header> headers() {
        return answer instanceof Decision.Replay replay ? replay.response().headers() : List.of();
    }

    /** Whether Jersey would add a type to a stored answer that has none. */
    boolean isUntyped() {
        return answer instanceof Decision.Replay
                && headers().stream().noneMatch(header -> header.name().equalsIgnoreCase(HttpHeaders.CONTENT_TYPE));
    }

    /** The bytes that the client gets, before content codings. Not a copy. */
    byte[] body() {
        return body;
    }
}
