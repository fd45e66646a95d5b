package dev.idem.core.record.answer;

/**
 * A {@link RecordedResponse} without its headers and body.
 *
 * @param status the HTTP status
 * @param headerCount how many header lines it has
 */
public record ResponseSummary(int status, int headerCount) implements AnswerSummary {}
