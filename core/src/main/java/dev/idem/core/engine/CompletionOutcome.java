package dev.idem.core.engine;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import java.util.Optional;

/** What became of an answer that its owner wanted to store. */
public sealed interface CompletionOutcome {

    /** Stored: every repeat gets it from now on. */
    record Stored() implements CompletionOutcome {}

    /**
     * No store could take it: this process keeps it, and PostgreSQL is told when it is back. Should this process end before,
     * a repeat executes again.
     *
     * @param earlier what is kept instead: the answer of an earlier owner in this process, which no store could take either
     */
    record InMemoryOnly(Optional<Answer> earlier) implements CompletionOutcome {}

    /**
     * Refused, because another owner took over meanwhile.
     *
     * @param successor what the record says now: a replay, in flight, or a different request
     */
    record Fenced(Claim successor) implements CompletionOutcome {}
}
