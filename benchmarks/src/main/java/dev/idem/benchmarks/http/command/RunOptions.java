package dev.idem.benchmarks.http.command;

import dev.idem.benchmarks.http.result.Scene;
import dev.idem.benchmarks.http.run.Settings;
import dev.idem.benchmarks.http.run.Variant;
import dev.idem.benchmarks.http.server.Jdk;
import dev.idem.benchmarks.http.server.Peer;
import dev.idem.benchmarks.http.server.Ports;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a run goes. What is left out is as for a whole run, or as for a quick one. */
final class RunOptions {
    private static final List<Variant> QUICK = List.of(
            Variant.UNPROTECTED,
            Variant.HAND_WRITTEN,
            Variant.NEW_KEYS,
            Variant.REPEATS,
            Variant.NO_KEY,
            Variant.STRICT);
    private static final List<String> QUICK_SCENES = List.of("16x2048");
    private static final List<String> SCENES = List.of("16x200", "64x200", "1x200", "256x200", "16x2048", "16x65536");
    private static final List<Integer> LATEST = List.of(17, 25);

    @Option(names = "--quick", description = "A look in some minutes: one scene, short rounds, one JDK.")
    private boolean quick;

    @Option(
            names = "--variants",
            paramLabel = "NAME",
            split = ",",
            description =
                    "What is compared (all; with --quick six of them). There are unprotected, off, hand-written, new-keys, repeats,"
                            + " near-new-keys, near-repeats, half-repeats, racing, no-key, strict, atomic and redis-down.")
    private @Nullable List<String> variants;

    @Option(
            names = "--scenes",
            paramLabel = "CONNECTIONSxBYTES",
            split = ",",
            description = "How many clients at a time, and how large their requests are"
                    + " (16x200,64x200,1x200,256x200,16x2048,16x65536; with --quick 16x2048).")
    private @Nullable List<String> scenes;

    @Option(
            names = "--jdks",
            paramLabel = "VERSION",
            split = ",",
            description = "On which JDKs (17 and 25, as far as they are installed).")
    private @Nullable List<Integer> jdks;

    @Option(
            names = "--peers",
            paramLabel = "NAME",
            split = ",",
            description = "What else is measured (all; with --quick none): fastify, nestjs, jdempotent, or none."
                    + " They are built when they are missing, which needs npm.")
    private @Nullable List<String> peers;

    @Option(names = "--seconds", paramLabel = "N", description = "How long a variant is measured in a round (3).")
    private @Nullable Integer seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each server is warmed up at first, twice (60).")
    private @Nullable Integer warmUp;

    @Option(names = "--rounds", paramLabel = "N", description = "How often the variants take turns (5).")
    private @Nullable Integer rounds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Requests a second in the open loop (half of what the slowest variant can; another half for those that"
                            + " wait for PostgreSQL's disk).")
    private @Nullable Integer rate;

    @Option(
            names = "--races",
            paramLabel = "N",
            description = "Rounds of 50 racing duplicates, each way (300); 0: none.")
    private @Nullable Integer races;

    @Option(names = "--no-floor", description = "Leaves the two bare scripts out.")
    private boolean noFloor;

    @Option(
            names = "--first-port",
            paramLabel = "PORT",
            description = "Servers get this port and those after it (any that are free).")
    private @Nullable Integer firstPort;

    /** @throws IllegalArgumentException naming the option that is wrong and what it should be */
    Settings settings() {
        return new Settings(
                variants == null
                        ? quick ? QUICK : List.of(Variant.values())
                        : chosen("--variants", variants, Variant.values(), Variant::word, Variant.words()),
                chosenJdks(),
                chosenPeers(),
                scenes(),
                Duration.ofSeconds(within("--seconds", seconds, quick ? 1 : 3, 1, 3_600)),
                Duration.ofSeconds(within("--warm-up", warmUp, quick ? 5 : 60, 0, 3_600)),
                within("--rounds", rounds, quick ? 2 : 5, 1, 1_000),
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(within("--rate", rate, 0, 1, 1_000_000)),
                within("--races", races, quick ? 30 : 300, 0, 100_000),
                !noFloor,
                firstPort == null ? Ports.any() : Ports.from(within("--first-port", firstPort, 0, 1_024, 65_535)));
    }

    private List<Scene> scenes() {
        try {
            return (scenes == null ? quick ? QUICK_SCENES : SCENES : scenes)
                    .stream().map(Scene::parse).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--scenes: " + e.getMessage(), e);
        }
    }

    private List<Jdk> chosenJdks() {
        if (jdks != null) {
            return jdks.stream().map(Jdk::of).toList();
        }
        List<Jdk> found =
                LATEST.stream().map(Jdk::find).flatMap(Optional::stream).toList();
        return quick || found.isEmpty() ? List.of(Jdk.own()) : found;
    }

    private List<Peer> chosenPeers() {
        if (peers == null) {
            return quick ? List.of() : List.of(Peer.values());
        }
        return peers.equals(List.of("none"))
                ? List.of()
                : chosen("--peers", peers, Peer.values(), Peer::word, Peer.words());
    }

    private static <T> List<T> chosen(
            String option, List<String> names, T[] all, Function<T, String> word, List<String> words) {
        return names.stream()
                .map(name -> Arrays.stream(all)
                        .filter(one -> word.apply(one).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                option + ": there is no '" + name + "', only " + String.join(", ", words))))
                .distinct()
                .toList();
    }

    private static int within(String option, @Nullable Integer given, int otherwise, int least, int most) {
        int value = given == null ? otherwise : given;
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " must be " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
