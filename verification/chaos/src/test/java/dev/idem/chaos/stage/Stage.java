package dev.idem.chaos.stage;

import dev.idem.chaos.history.Effect;
import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.History;
import dev.idem.chaos.wire.FaultyWire;
import dev.idem.chaos.wire.Trouble;
import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.process.FreePort;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** Everything that can break: two stores, some nodes, a wire from each node to each store; and the ledger. */
public final class Stage implements AutoCloseable {
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(5);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final EphemeralRedis redis;
    private final EphemeralPostgres postgres;
    private final boolean durableRedis;
    private final List<FaultyWire> wiresToRedis = new ArrayList<>();
    private final List<FaultyWire> wiresToPostgres = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final EffectsTable effects;

    /** Returns when all nodes answer. */
    public static Stage open(StageSettings settings, History history) throws IOException {
        Stage stage = new Stage(settings, history);
        try {
            stage.nodes.parallelStream().forEach(NodeProcess::start);
            return stage;
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private Stage(StageSettings settings, History history) throws IOException {
        durableRedis = settings.durableRedis();
        redis = closedLater(durableRedis ? EphemeralRedis.startDurable() : EphemeralRedis.start());
        postgres = closedLater(EphemeralPostgres.start());
        effects = new EffectsTable(postgres.jdbcUrl(), history);
        effects.create();
        Ledger ledger = closedLater(new Ledger(history));
        for (int number = 0; number < settings.nodes(); number++) {
            nodes.add(closedLater(node(number, ledger, settings)));
        }
    }

    private NodeProcess node(int number, Ledger ledger, StageSettings settings) throws IOException {
        FaultyWire toRedis = closedLater(new FaultyWire(redis.port()));
        FaultyWire toPostgres = closedLater(new FaultyWire(postgres.port()));
        wiresToRedis.add(toRedis);
        wiresToPostgres.add(toPostgres);
        NodeFile file = new NodeFile(
                number,
                FreePort.any(),
                ledger.uri(),
                redis.url().replace(":" + redis.port(), ":" + toRedis.port()),
                postgres.jdbcUrl().replace(":" + postgres.port(), ":" + toPostgres.port()));
        return new NodeProcess(
                number,
                file.port(),
                settings.classPath(),
                file.write(settings),
                settings.directory().resolve("node-" + number + ".log"));
    }

    public EphemeralRedis redis() {
        return redis;
    }

    public EphemeralPostgres postgres() {
        return postgres;
    }

    /** Whether Redis keeps its data when it is killed. */
    public boolean hasDurableRedis() {
        return durableRedis;
    }

    public List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** {@code FLUSHALL}, past all wires. */
    public void flushRedis() {
        RedisTarget.External target = (RedisTarget.External) RedisTarget.parse(redis.url(), null);
        try (UnifiedJedis client = RedisConnections.open(target, FLUSH_TIMEOUT)) {
            client.flushAll();
        }
    }

    /** @param node whose wire, or {@link Fault#ALL} */
    public void troubleWithRedis(int node, Trouble trouble) {
        set(wiresToRedis, node, trouble);
    }

    /** @param node whose wire, or {@link Fault#ALL} */
    public void troubleWithPostgres(int node, Trouble trouble) {
        set(wiresToPostgres, node, trouble);
    }

    private static void set(List<FaultyWire> wires, int node, Trouble trouble) {
        (node == Fault.ALL ? wires : List.of(wires.get(node))).forEach(wire -> wire.set(trouble));
    }

    /** What the atomic workload has committed. */
    public List<Effect> committedEffects() {
        return effects.read();
    }

    private <T extends AutoCloseable> T closedLater(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable last = opened.pop();
            try {
                last.close();
            } catch (Exception e) {
                throw new IllegalStateException(last + " does not close", e);
            }
        }
    }
}
