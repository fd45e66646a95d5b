package dev.idem.core.record.answer;

/** What the first bytes of an answer say: enough to know what repeats get, without headers and body. */
public sealed interface AnswerSummary permits ResponseSummary, AnswerNotStored {}
