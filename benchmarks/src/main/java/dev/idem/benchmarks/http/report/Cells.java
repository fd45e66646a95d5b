package dev.idem.benchmarks.http.report;

import dev.idem.benchmarks.http.load.Tally;
import dev.idem.benchmarks.http.result.Sample;
import dev.idem.benchmarks.http.result.Series;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a series shows in the cells of a table. */
final class Cells {
    private Cells() {}

    static String title(Series one) {
        return title(one.group(), one.name());
    }

    static String title(String group, String name) {
        return group.isEmpty() ? name : name + " (" + group + ")";
    }

    static String ratio(Series one, List<Series> all, String base) {
        return peer(one, all, base)
                .map(other -> Markdown.spread(one.ratio(other, Sample::throughput), "%.2f"))
                .orElse("–");
    }

    private static Optional<Series> peer(Series one, List<Series> all, String name) {
        return all.stream()
                .filter(other ->
                        other.group().equals(one.group()) && other.name().equals(name))
                .findFirst();
    }

    static String percentile(Series one, double percentile) {
        return Markdown.spread(
                one.spread(sample -> sample.load().latencies().getValueAtPercentile(percentile) / 1e6), "%.2f");
    }

    static String corrected(Series one, int connections) {
        return Markdown.spread(
                one.spread(sample -> sample.load().corrected(connections).getValueAtPercentile(99) / 1e6), "%.2f");
    }

    static String cpu(Series one) {
        double cpu = one.spread(Sample::cpuPerRequest).median();
        return cpu == 0 ? "–" : Markdown.number("%.0f", cpu);
    }

    static String allocated(Series one) {
        Optional<Double> bytes = one.samples().stream()
                        .allMatch(sample -> sample.allocatedPerRequest().isPresent())
                ? Optional.of(one.spread(sample -> sample.allocatedPerRequest().orElseThrow())
                        .median())
                : Optional.empty();
        return bytes.map(value -> Markdown.number("%.1f", value / 1024)).orElse("–");
    }

    static String troubles(Series one) {
        Tally sum = one.samples().stream().map(sample -> sample.load().tally()).reduce(Tally.NONE, Tally::plus);
        String text = String.join(
                ", ",
                Stream.of(
                                part(sum.conflicts(), "× 409"),
                                part(sum.failed(), "failed"),
                                part(sum.unanswered(), "unanswered"))
                        .flatMap(Optional::stream)
                        .toList());
        return text.isEmpty() ? "none" : text;
    }

    private static Optional<String> part(long count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what);
    }
}
