package dev.idem.dropwizard.decision;

import dev.idem.dropwizard.problem.Problem;
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
