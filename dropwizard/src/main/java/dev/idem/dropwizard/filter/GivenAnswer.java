package dev.idem.dropwizard.filter;

import dev.idem.http.decision.Decision;
import dev.idem.http.problem.ProblemJson;

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

    /** The bytes that the client gets, before content codings. Not a copy. */
    byte[] body() {
        return body;
    }
}
