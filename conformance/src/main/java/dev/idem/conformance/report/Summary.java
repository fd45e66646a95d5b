package dev.idem.conformance.report;

import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Result;
import dev.idem.conformance.suite.Source;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Predicate;

/** What a run comes to, for a terminal. */
public record Summary(Profile profile, List<Result> results) {
    private static final String ROW = "%-10s %8s %8s %8s%n";

    public Summary {
        results = List.copyOf(results);
    }

    public static List<Result.Failed> failures(List<Result> results) {
        return results.stream()
                .filter(Result.Failed.class::isInstance)
                .map(Result.Failed.class::cast)
                .toList();
    }

    /** A table by source and result; before it, what was not run and why, and what failed and how. */
    public void print(PrintWriter out) {
        for (Result result : results) {
            if (result instanceof Result.Skipped skipped) {
                out.printf("skipped %s: %s%n", skipped.of(), skipped.reason());
            }
        }
        failures(results).forEach(failed -> print(out, failed));
        out.printf("%nProfile %s%n%n", profile.label());
        out.printf(ROW, "source", "passed", "failed", "skipped");
        for (Source source : Source.values()) {
            if (results.stream().anyMatch(from(source))) {
                row(out, source.name(), from(source));
            }
        }
        row(out, "all", result -> true);
        out.flush();
    }

    private void print(PrintWriter out, Result.Failed failed) {
        out.printf(
                "%nFAILED %s: %s (%s)%n",
                failed.of(), failed.of().title(), failed.of().reference());
        out.printf("  promised: %s%n", failed.of().expectation(profile));
        out.printf("  expected: %s%n  got:      %s%n", failed.expected(), failed.got());
        failed.transcript().forEach(line -> out.printf("    %s%n", line));
    }

    private void row(PrintWriter out, String name, Predicate<Result> of) {
        out.printf(
                ROW,
                name,
                count(Result.Passed.class, of),
                count(Result.Failed.class, of),
                count(Result.Skipped.class, of));
    }

    private long count(Class<? extends Result> kind, Predicate<Result> of) {
        return results.stream().filter(of).filter(kind::isInstance).count();
    }

    private static Predicate<Result> from(Source source) {
        return result -> result.of().reference().source() == source;
    }
}
