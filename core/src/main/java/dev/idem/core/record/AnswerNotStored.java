package dev.idem.core.record;

/** The request took effect but its answer was not kept; a repeat is told so and never executes. */
public record AnswerNotStored(Reason reason) implements Answer {

    /** Why there is nothing to replay. */
    public enum Reason {
        /** The answer was larger than the policy allows to store. */
        TOO_LARGE,
        /** The answer could not be turned into bytes, or could not be written to a store. */
        FAILED
    }
}
