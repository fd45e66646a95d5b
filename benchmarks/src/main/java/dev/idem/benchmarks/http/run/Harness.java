package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.app.MinimalScripts;
import dev.idem.benchmarks.http.load.Limit;
import dev.idem.benchmarks.http.result.RaceStart;
import dev.idem.benchmarks.http.result.Results;
import dev.idem.benchmarks.http.result.Sample;
import dev.idem.benchmarks.http.result.Scene;
import dev.idem.benchmarks.http.result.Series;
import dev.idem.benchmarks.http.server.BenchmarkException;
import dev.idem.benchmarks.http.server.Jdk;
import dev.idem.benchmarks.http.server.Peer;
import dev.idem.benchmarks.http.server.ServerPark;
import dev.idem.benchmarks.http.server.ServerProcess;
import dev.idem.benchmarks.http.server.Stores;
import dev.idem.benchmarks.http.server.Target;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import redis.clients.jedis.UnifiedJedis;

/** A run, from the start of the servers to their end. */
public final class Harness {
    /**
     * Few connections first: with many, a server's threads leave its compilers little processor time, and it stays slow for
     * minutes. Compiled code comes into use between the two.
     */
    private static final List<Scene> WARM_UPS = List.of(new Scene(2, 2_048), new Scene(16, 2_048));

    private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(5);
    private static final int REDIS_POOL = 256;

    private final Settings settings;
    private final PrintWriter progress;

    /** @param progress receives one line for each step */
    public Harness(Settings settings, PrintWriter progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Runs all measurements, stops all servers, and returns.
     *
     * @throws BenchmarkException if a server does not start or answer, or a port is in use
     */
    public Results run() throws IOException, InterruptedException {
        progress.println("starting Redis and PostgreSQL");
        try (Stores stores = Stores.start();
                ServerPark park = new ServerPark(stores, settings.ports());
                UnifiedJedis redis = redis(stores)) {
            List<Contender> contenders = new ArrayList<>();
            if (settings.floor()) {
                contenders.add(new ScriptsContender(new MinimalScripts(redis)));
            }
            for (Jdk jdk : settings.jdks()) {
                contenders.addAll(onJdk(jdk, park));
            }
            for (Peer peer : settings.peers()) {
                contenders.addAll(ofPeer(peer, park));
            }
            return measure(contenders);
        }
    }

    private static UnifiedJedis redis(Stores stores) {
        RedisTarget.External target = (RedisTarget.External) RedisTarget.parse(stores.newRedisDatabase(), null);
        return new RedisConnections(REDIS_TIMEOUT, REDIS_POOL).open(target);
    }

    private List<Contender> onJdk(Jdk jdk, ServerPark park) throws IOException, InterruptedException {
        Map<Target, ServerProcess> servers = new EnumMap<>(Target.class);
        for (Variant variant : settings.variants()) {
            if (!servers.containsKey(variant.target())) {
                servers.put(variant.target(), park.start(variant.target(), jdk));
            }
        }
        for (ServerProcess server : servers.values()) {
            progress.println("started " + server.awaitReady().name());
        }
        List<Contender> contenders = new ArrayList<>();
        for (Variant variant : settings.variants()) {
            ServerProcess server = servers.get(variant.target());
            if (server != null) {
                contenders.add(contender(variant, "JDK " + jdk.feature(), server));
            }
        }
        return contenders;
    }

    private List<Contender> ofPeer(Peer peer, ServerPark park) throws IOException, InterruptedException {
        ServerProcess plain = park.start(peer, false).awaitReady();
        ServerProcess server = park.start(peer, true).awaitReady();
        progress.println("started " + plain.name() + " and " + server.name());
        return List.of(
                contender(Variant.UNPROTECTED, peer.word(), plain),
                contender(Variant.NEW_KEYS, peer.word(), server),
                contender(Variant.REPEATS, peer.word(), server));
    }

    private static Contender contender(Variant variant, String group, ServerProcess server) {
        return new HttpContender(variant, group, server);
    }

    private Results measure(List<Contender> contenders) throws InterruptedException {
        if (!settings.warmUp().isZero()) {
            for (Scene scene : WARM_UPS) {
                progress.println("warming up");
                List<Series> unused =
                        new Round(contenders, progress).repeat(1, scene, each -> Turn.closed(warmUp(each, contenders)));
            }
        }
        List<Series> series = new ArrayList<>();
        for (Scene scene : settings.scenes()) {
            series.addAll(measure(contenders, scene));
        }
        return new Results(series, races(contenders));
    }

    private List<Series> measure(List<Contender> contenders, Scene scene) throws InterruptedException {
        Limit limit = Limit.time(settings.measured());
        progress.println("closed loop");
        List<Series> closed =
                new Round(contenders, progress).repeat(settings.rounds(), scene, each -> Turn.closed(limit));
        progress.println("open loop");
        List<Contender> open =
                contenders.stream().filter(Contender::hasOpenLoop).toList();
        List<Series> series = new ArrayList<>(closed);
        series.addAll(new Round(open, progress)
                .repeat(settings.rounds(), scene, each -> Turn.open(rate(each, contenders, closed), limit)));
        return series;
    }

    /** Warms all servers up for the same time. Otherwise a server that several contenders share would be the fastest. */
    private Limit warmUp(Contender contender, List<Contender> all) {
        long sharers = all.stream().filter(contender::sharesServerWith).count();
        return Limit.time(settings.warmUp().dividedBy(sharers));
    }

    /** Half of the rate of the slowest contender of a kind, so that all get the same rate and none is overloaded. */
    private double rate(Contender contender, List<Contender> contenders, List<Series> closed) {
        return settings.rate()
                .orElseGet(() -> IntStream.range(0, contenders.size())
                                .filter(i -> contenders.get(i).waitsForDisk() == contender.waitsForDisk())
                                .mapToDouble(i ->
                                        closed.get(i).spread(Sample::throughput).median())
                                .min()
                                .orElseThrow()
                        / 2);
    }

    private List<Results.Race> races(List<Contender> contenders) {
        List<Results.Race> races = new ArrayList<>();
        if (settings.raceRounds() == 0) {
            return races;
        }
        progress.println("races");
        for (Contender contender : contenders) {
            for (RaceStart start : RaceStart.values()) {
                try {
                    contender.race(settings.raceRounds(), start).ifPresent(outcome -> {
                        progress.printf(
                                Locale.ROOT,
                                "  %-28s %-10s more than once in %d of %d%n",
                                Contender.title(contender),
                                start,
                                outcome.repeated(),
                                outcome.rounds());
                        races.add(new Results.Race(contender.group(), contender.name(), start, outcome));
                    });
                } catch (IOException e) {
                    throw new BenchmarkException(contender.name() + ": " + e.getMessage(), e);
                }
            }
        }
        return races;
    }
}
