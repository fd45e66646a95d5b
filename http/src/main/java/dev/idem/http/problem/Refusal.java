package dev.idem.http.problem;

import java.util.Map;

/**
 * Why a request is refused.
 *
 * @param headers of the response, beside its content type
 */
public record Refusal(Problem problem, Map<String, String> headers) {

    public Refusal {
        headers = Map.copyOf(headers);
    }
}
