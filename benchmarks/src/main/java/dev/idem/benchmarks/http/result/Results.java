package dev.idem.benchmarks.http.result;

import java.util.List;

/** All that a run has found out. */
public record Results(List<Series> series, List<Race> races) {

    public Results {
        series = List.copyOf(series);
        races = List.copyOf(races);
    }

    /** How one contender did. */
    public record Race(String group, String name, RaceStart start, RaceOutcome outcome) {}
}
