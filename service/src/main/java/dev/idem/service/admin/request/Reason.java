package dev.idem.service.admin.request;

import org.jspecify.annotations.Nullable;

/**
 * Why an operator changes something, for the audit trail.
 *
 * @param text 1 to {@value #MAX_LENGTH} characters, none of them a control character
 */
public record Reason(String text) {
    static final int MAX_LENGTH = 500;

    /** @throws dev.idem.dropwizard.problem.ProblemException 400, if the reason is missing or invalid */
    public static Reason of(@Nullable String text) {
        QueryParameter parameter = new QueryParameter("reason", text);
        if (text == null || text.isBlank()) {
            throw parameter.wrong("is required: say in a few words why this is done");
        }
        if (text.length() > MAX_LENGTH) {
            throw parameter.wrong("has at most " + MAX_LENGTH + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw parameter.wrong("is one line, without control characters");
        }
        return new Reason(text.strip());
    }
}
