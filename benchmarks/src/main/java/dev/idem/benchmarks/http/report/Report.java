package dev.idem.benchmarks.http.report;

import dev.idem.benchmarks.http.load.Tally;
import dev.idem.benchmarks.http.result.Loop;
import dev.idem.benchmarks.http.result.RaceOutcome;
import dev.idem.benchmarks.http.result.Results;
import dev.idem.benchmarks.http.result.Sample;
import dev.idem.benchmarks.http.result.Scene;
import dev.idem.benchmarks.http.result.Series;
import dev.idem.benchmarks.http.run.Settings;
import dev.idem.benchmarks.http.run.Variant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A run's results in Markdown. */
public final class Report {
    private static final Scene USUAL = new Scene(64, 200);
    private static final String BASELINE = Variant.UNPROTECTED.word();
    private static final String FLOOR = Variant.HAND_WRITTEN.word();

    private final Settings settings;
    private final Results results;
    private final Machine machine;
    private final Instant time;
    private final String command;

    /**
     * @param time when the run began
     * @param command what repeats it
     */
    public Report(Settings settings, Results results, Machine machine, Instant time, String command) {
        this.settings = settings;
        this.results = results;
        this.machine = machine;
        this.time = time;
        this.command = command;
    }

    /** The whole page. */
    public String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# Benchmark of ")
                .append(time.truncatedTo(ChronoUnit.SECONDS))
                .append("\n\n")
                .append(conditions());
        for (Scene scene : settings.scenes()) {
            page.append("## ")
                    .append(scene.title())
                    .append("\n\n")
                    .append(closed(scene))
                    .append(open(scene));
        }
        if (!results.races().isEmpty()) {
            page.append(races());
        }
        return page.append(legend()).toString();
    }

    /** The few lines for people in a hurry: one scene, in a closed loop, and the races. */
    public String summary() {
        Scene scene =
                settings.scenes().contains(USUAL) ? USUAL : settings.scenes().get(0);
        List<Series> all = of(scene, Loop.CLOSED);
        List<List<String>> rows = all.stream()
                .map(one -> List.of(
                        Cells.title(one),
                        Markdown.spread(one.spread(Sample::throughput), "%.0f"),
                        Cells.ratio(one, all, BASELINE),
                        Cells.percentile(one, 50),
                        Cells.percentile(one, 99),
                        Cells.cpu(one),
                        moreThanOnce(one)))
                .toList();
        return Markdown.number(
                        "%s, closed loop; %d × %s; revision %s, %s.\n\n",
                        scene.title(),
                        machine.processors(),
                        machine.processor(),
                        machine.revision(),
                        time.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10))
                + Markdown.table(
                        List.of("variant", "requests/s", "of unprotected", "p50 ms", "p99 ms", "CPU µs", "races lost"),
                        rows);
    }

    private String moreThanOnce(Series one) {
        List<RaceOutcome> outcomes = results.races().stream()
                .filter(race -> race.group().equals(one.group()) && race.name().equals(one.name()))
                .map(Results.Race::outcome)
                .toList();
        return outcomes.isEmpty()
                ? "–"
                : outcomes.stream().mapToInt(RaceOutcome::repeated).sum() + " of "
                        + outcomes.stream().mapToInt(RaceOutcome::rounds).sum();
    }

    private String conditions() {
        return Markdown.number(
                """
                Revision %s. %d × %s, %s; servers, stores and load on one machine. JDK %s.
                Each variant was measured %d times for %d s, in turns, after twice %d s to warm up. Numbers are the median of the
                rounds, in brackets the least and the most.

                Again: `%s`

                """,
                machine.revision(),
                machine.processors(),
                machine.processor(),
                machine.system(),
                String.join(
                        ", ",
                        settings.jdks().stream()
                                .map(jdk -> Integer.toString(jdk.feature()))
                                .toList()),
                settings.rounds(),
                settings.measured().toSeconds(),
                settings.warmUp().toSeconds(),
                command);
    }

    private List<Series> of(Scene scene, Loop loop) {
        return results.series().stream()
                .filter(one -> one.scene().equals(scene) && one.loop() == loop)
                .toList();
    }

    private String closed(Scene scene) {
        List<Series> all = of(scene, Loop.CLOSED);
        List<List<String>> rows = new ArrayList<>();
        for (Series one : all) {
            rows.add(List.of(
                    Cells.title(one),
                    Markdown.spread(one.spread(Sample::throughput), "%.0f"),
                    Cells.ratio(one, all, BASELINE),
                    Cells.ratio(one, all, FLOOR),
                    Cells.percentile(one, 50),
                    Cells.percentile(one, 99),
                    Cells.corrected(one, scene.connections()),
                    Cells.cpu(one),
                    Cells.allocated(one),
                    Markdown.number("%.0f", one.spread(Sample::ownCpuPerRequest).median()),
                    Cells.troubles(one)));
        }
        return "Closed loop: each client sends its next request when the last is answered.\n\n"
                + Markdown.table(
                        List.of(
                                "variant",
                                "requests/s",
                                "of unprotected",
                                "of hand-written",
                                "p50 ms",
                                "p99 ms",
                                "p99 corrected",
                                "CPU µs",
                                "KiB",
                                "load's CPU µs",
                                "troubles"),
                        rows);
    }

    private String open(Scene scene) {
        List<Series> all = of(scene, Loop.OPEN);
        List<List<String>> rows = new ArrayList<>();
        for (Series one : all) {
            rows.add(List.of(
                    Cells.title(one),
                    Markdown.number("%.0f", one.rate().orElse(0)),
                    Cells.percentile(one, 50),
                    Cells.percentile(one, 90),
                    Cells.percentile(one, 99),
                    Cells.percentile(one, 99.9),
                    Cells.cpu(one),
                    Cells.allocated(one),
                    Cells.troubles(one)));
        }
        return "Open loop: requests are sent at a rate, and each counts from when it was due.\n\n"
                + Markdown.table(
                        List.of(
                                "variant",
                                "requests/s",
                                "p50 ms",
                                "p90 ms",
                                "p99 ms",
                                "p99.9 ms",
                                "CPU µs",
                                "KiB",
                                "troubles"),
                        rows);
    }

    private String races() {
        List<List<String>> rows = new ArrayList<>();
        for (Results.Race race : results.races()) {
            RaceOutcome outcome = race.outcome();
            Tally answers = outcome.answers();
            rows.add(List.of(
                    Cells.title(race.group(), race.name()) + ", "
                            + switch (race.start()) {
                                case TOGETHER -> "together";
                                case TRICKLING -> "over 8 ms";
                            },
                    Markdown.number("%d", outcome.rounds()),
                    Markdown.number(outcome.repeated() == 0 ? "%d" : "**%d**", outcome.repeated()),
                    Markdown.number("%d", outcome.never()),
                    Markdown.number("%d", outcome.most()),
                    Markdown.number("%d", answers.executed()),
                    Markdown.number("%d", answers.replayed()),
                    Markdown.number("%d", answers.conflicts()),
                    Markdown.number("%d", answers.failed() + answers.unanswered())));
        }
        return "## Races\n\n50 requests of one key each round. Speed counts only beside this.\n\n"
                + Markdown.table(
                        List.of(
                                "variant",
                                "rounds",
                                "ran more than once",
                                "never ran",
                                "most runs",
                                "answers",
                                "marked replays",
                                "409",
                                "other"),
                        rows);
    }

    private String legend() {
        StringBuilder text = new StringBuilder("## What is what\n\n");
        for (Variant variant : settings.variants()) {
            text.append("- **")
                    .append(variant.word())
                    .append("**: ")
                    .append(variant.description())
                    .append(".\n");
        }
        if (settings.floor()) {
            text.append("- **two-scripts**: no HTTP: two `EVALSHA` a request through Jedis, from this process.\n");
        }
        return text.append("""

                        - **of unprotected**, **of hand-written**: throughput divided by theirs in the same round, on the same JDK; a
                          peer's by its own application's without the library.
                        - **ran more than once**: a request without a key is new again 100 ms after the first one came.
                        - **p99 corrected**: as clients would have seen it who had asked at the mean pace (coordinated omission).
                        - **CPU µs**, **KiB**: what the server's process took of a processor, and allocated, for each request; stores
                          excluded. Before JDK 21 only threads that still live are counted.
                        - **troubles**: answers other than 2xx, and requests without one.
                        """).toString();
    }
}
