package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.load.Limit;
import dev.idem.benchmarks.http.load.Pace;
import dev.idem.benchmarks.http.result.RaceOutcome;
import dev.idem.benchmarks.http.result.RaceStart;
import dev.idem.benchmarks.http.result.Sample;
import dev.idem.benchmarks.http.result.Scene;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Who takes turns with others. Not thread-safe. */
sealed interface Contender permits HttpContender, ScriptsContender {

    /** In the report. */
    String name();

    /** With which others it is compared in one table: those that run alike. */
    String group();

    /** Both, for those who watch. */
    static String title(Contender contender) {
        return (contender.group() + " " + contender.name()).strip();
    }

    /** Whether requests can be sent to it at a rate. */
    boolean hasOpenLoop();

    /** Whether its requests wait for a disk: those that do are sent at a rate of their own. */
    boolean waitsForDisk();

    /** Whether the two are asked of one process, which what warms up the one warms up for the other. */
    boolean sharesServerWith(Contender other);

    /** How long its server has had a processor; zero if it has none. */
    Duration serverCpu();

    Sample measure(Scene scene, Pace pace, Limit limit) throws IOException, InterruptedException;

    /** Empty if racing duplicates are no question to ask it. */
    Optional<RaceOutcome> race(int rounds, RaceStart start) throws IOException;
}
