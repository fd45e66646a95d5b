package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.result.Scene;
import dev.idem.benchmarks.http.server.Jdk;
import dev.idem.benchmarks.http.server.Peer;
import dev.idem.benchmarks.http.server.Ports;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The settings of a run.
 *
 * @param measured how long a variant is measured in each round
 * @param warmUp how long it is warmed up before the first
 * @param rounds how often the variants take turns
 * @param rate requests a second of the open loop; empty for half of what the slowest can, of those that wait for a disk and of
 *     the others
 * @param raceRounds how often duplicates race, each way; 0 for not at all
 * @param floor whether the bare scripts are measured, too
 */
public record Settings(
        List<Variant> variants,
        List<Jdk> jdks,
        List<Peer> peers,
        List<Scene> scenes,
        Duration measured,
        Duration warmUp,
        int rounds,
        OptionalDouble rate,
        int raceRounds,
        boolean floor,
        Ports ports) {

    public Settings {
        variants = List.copyOf(variants);
        jdks = List.copyOf(jdks);
        peers = List.copyOf(peers);
        scenes = List.copyOf(scenes);
    }
}
