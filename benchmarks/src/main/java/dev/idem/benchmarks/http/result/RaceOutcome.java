package dev.idem.benchmarks.http.result;

import dev.idem.benchmarks.http.load.Tally;

/**
 * The result of a race between duplicates.
 *
 * @param rounds with one key each
 * @param repeated in how many of them the handler ran more than once
 * @param never in how many it did not run at all
 * @param most how often it ran in the worst
 * @param answers of all rounds
 */
public record RaceOutcome(int rounds, int repeated, int never, int most, Tally answers) {
    public static final RaceOutcome NONE = new RaceOutcome(0, 0, 0, 0, Tally.NONE);

    public RaceOutcome and(int executions, Tally tally) {
        return new RaceOutcome(
                rounds + 1,
                repeated + (executions > 1 ? 1 : 0),
                never + (executions == 0 ? 1 : 0),
                Math.max(most, executions),
                answers.plus(tally));
    }
}
