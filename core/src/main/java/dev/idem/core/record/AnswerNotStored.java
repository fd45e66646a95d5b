package dev.idem.core.record;

/** There is no answer to replay, and a repeat is told why: it never executes. */
public record AnswerNotStored(Reason reason) implements Answer {
    /** Nobody knows whether the request took effect, until someone who does says so. */
    public static final AnswerNotStored OUTCOME_UNKNOWN = new AnswerNotStored(Reason.OUTCOME_UNKNOWN);

    /** Why there is nothing to replay. */
    public enum Reason {
        /** The request took effect; its answer was larger than the policy allows to store. */
        TOO_LARGE,
        /** The request took effect; its answer could not be turned into bytes, or could not be written to a store. */
        FAILED,
        /** The request was handed on, and whether it took effect is not known. */
        OUTCOME_UNKNOWN
    }
}
