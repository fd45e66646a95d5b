package dev.idem.http.decision;

import dev.idem.http.problem.Problem;
import java.util.Map;

/**
 * What turns a request away.
 *
 * @param headers of the answer, beside its content type
 */
public record Refusal(Problem problem, Map<String, String> headers) {

    public Refusal {
        headers = Map.copyOf(headers);
    }
}
