package dev.idem.conformance.suite;

import java.util.List;

/** What came of a case. */
public sealed interface Result {
    Case of();

    /** The server did what is expected. */
    record Passed(Case of) implements Result {}

    /** It was not run. */
    record Skipped(Case of, String reason) implements Result {}

    /**
     * The server did something else.
     *
     * @param transcript what was sent and answered, in order
     */
    record Failed(Case of, String expected, String got, List<String> transcript) implements Result {
        public Failed {
            transcript = List.copyOf(transcript);
        }
    }
}
