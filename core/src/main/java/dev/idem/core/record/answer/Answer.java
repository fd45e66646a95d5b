package dev.idem.core.record.answer;

/**
 * What a completed record contains: the response, or the reason why there is none to replay. In both cases nothing
 * executes again.
 */
public sealed interface Answer permits RecordedResponse, AnswerNotStored {

    /** About how many bytes of memory its texts and its body take. */
    default long bytes() {
        return 0;
    }

    /** What can be said of it without its headers and body. */
    AnswerSummary summary();
}
