package dev.idem.core.record;

/** What a completed record holds: the response, or why there is none to replay. Either way nothing executes again. */
public sealed interface Answer permits RecordedResponse, AnswerNotStored {}
