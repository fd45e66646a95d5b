package dev.idem.ops;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a node shows, as Prometheus reads it: the labels of each metric, by its name. */
record Scrape(Map<String, Set<String>> labels) {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    static Scrape of(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher samples = SAMPLE.matcher(text);
        while (samples.find()) {
            String pairs = Objects.requireNonNullElse(samples.group(2), "");
            labels.computeIfAbsent(samples.group(1), name -> new TreeSet<>())
                    .addAll(LABEL.matcher(pairs)
                            .results()
                            .map((MatchResult pair) -> pair.group(1))
                            .collect(Collectors.toSet()));
        }
        return new Scrape(labels);
    }
}
