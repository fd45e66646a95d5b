package dev.idem.core.record.answer;

/** There is no answer to replay. A repeat gets the reason and never executes. */
public record AnswerNotStored(Reason reason) implements Answer, AnswerSummary {
    /** The outcome is unknown until an operator resolves it. */
    public static final AnswerNotStored OUTCOME_UNKNOWN = new AnswerNotStored(Reason.OUTCOME_UNKNOWN);

    /** Why there is no answer to replay. */
    public enum Reason {
        /** The request took effect; its answer was larger than the policy allows to store. */
        TOO_LARGE,
        /** The request took effect; its answer could not be encoded, or could not be written to a store. */
        FAILED,
        /** The request was forwarded, and nobody knows whether it took effect. */
        OUTCOME_UNKNOWN
    }

    @Override
    public AnswerNotStored summary() {
        return this;
    }
}
