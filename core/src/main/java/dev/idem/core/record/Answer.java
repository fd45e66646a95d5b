package dev.idem.core.record;

/**
 * What a completed record contains: the response, or the reason why there is none to replay. In both cases nothing
 * executes again.
 */
public sealed interface Answer permits RecordedResponse, AnswerNotStored {

    /** What can be said of it without its headers and body. */
    AnswerHead head();
}
