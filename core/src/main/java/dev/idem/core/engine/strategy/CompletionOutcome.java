package dev.idem.core.engine.strategy;

import dev.idem.core.record.Claim;
import dev.idem.core.record.answer.Answer;
import java.util.Optional;

/** The result of storing an answer. */
public sealed interface CompletionOutcome {

    /** Stored: every repeat gets it from now on. */
    record Stored() implements CompletionOutcome {}

    /**
     * No store could take it. This process keeps it and writes it to PostgreSQL once that is available. If the process
     * ends before that, a repeat executes again.
     *
     * @param earlier set if an earlier owner's answer is kept instead: one in this process that no store could take
     *     either
     */
    record InMemoryOnly(Optional<Answer> earlier) implements CompletionOutcome {}

    /**
     * Refused, because another owner took over meanwhile.
     *
     * @param successor what the record says now: a replay, in flight, or a different request
     */
    record Fenced(Claim successor) implements CompletionOutcome {}
}
