package dev.idem.chaos.run;

import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.FaultKind;
import dev.idem.chaos.stage.NodeProcess;
import dev.idem.chaos.stage.Stage;
import dev.idem.chaos.wire.Trouble;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Thinks of faults. Not thread-safe. */
final class Strikes {
    private static final int LEAST_MS = 300;
    private static final int SHORT_MOST_MS = 1_500;
    private static final int MOST_MS = 5_000;
    private static final List<FaultKind> STORES = Arrays.stream(FaultKind.values())
            .filter(kind -> kind.part() != FaultKind.Part.NODE)
            .toList();
    private static final List<FaultKind> NODES =
            List.of(FaultKind.NODE_KILL, FaultKind.NODE_PAUSE, FaultKind.NODE_PAUSE);

    private final Stage stage;
    private final SplittableRandom random;
    private final Deck stores;
    private final Deck nodes;

    Strikes(Stage stage, SplittableRandom random) {
        this.stage = stage;
        this.random = random;
        this.stores = new Deck(STORES, random);
        this.nodes = new Deck(NODES, random);
    }

    /** A store, or a way to it. */
    Strike againstStore() {
        FaultKind kind = stores.draw();
        // The first number beyond the nodes stands for all of them.
        int node = random.nextInt(stage.nodes().size() + 1);
        return of(kind, node == stage.nodes().size() ? Fault.ALL : node, lasting());
    }

    /** A node: killed one time in three, else paused, for shorter or longer than the lock timeout. */
    Strike againstNode() {
        return of(nodes.draw(), random.nextInt(stage.nodes().size()), lasting());
    }

    Strike of(FaultKind kind, int node, Duration lasts) {
        return switch (kind) {
            case REDIS_KILL -> whole(kind, lasts, stage.redis()::kill, stage.redis()::restart);
            case REDIS_EMPTIED -> whole(kind, lasts, this::emptyAndKillRedis, stage.redis()::restart);
            case REDIS_PAUSE -> whole(kind, lasts, stage.redis()::pause, stage.redis()::resume);
            case REDIS_FLUSH -> whole(kind, Duration.ZERO, stage::flushRedis, () -> {});
            case POSTGRES_KILL -> whole(kind, lasts, stage.postgres()::kill, stage.postgres()::restart);
            case POSTGRES_PAUSE -> whole(kind, lasts, stage.postgres()::pause, stage.postgres()::resume);
            case POSTGRES_RESTART -> whole(kind, Duration.ZERO, stage.postgres()::restart, () -> {});
            case REDIS_LATENCY -> redisWire(kind, node, lasts, Trouble.LATENCY);
            case REDIS_BLACK_HOLE -> redisWire(kind, node, lasts, Trouble.BLACK_HOLE);
            case REDIS_RESET -> redisWire(kind, node, lasts, Trouble.RESET);
            case POSTGRES_LATENCY -> postgresWire(kind, node, lasts, Trouble.LATENCY);
            case POSTGRES_BLACK_HOLE -> postgresWire(kind, node, lasts, Trouble.BLACK_HOLE);
            case POSTGRES_RESET -> postgresWire(kind, node, lasts, Trouble.RESET);
            case NODE_KILL -> process(kind, lasts, stage.nodes().get(node));
            case NODE_PAUSE -> process(kind, lasts, stage.nodes().get(node));
        };
    }

    private Duration lasting() {
        return Duration.ofMillis(random.nextInt(LEAST_MS, random.nextBoolean() ? SHORT_MOST_MS : MOST_MS));
    }

    private void emptyAndKillRedis() {
        stage.flushRedis();
        stage.redis().kill();
    }

    private static Strike whole(FaultKind kind, Duration lasts, Runnable hit, Runnable heal) {
        return new Strike(kind, Fault.ALL, lasts, hit, heal);
    }

    private Strike redisWire(FaultKind kind, int node, Duration lasts, Trouble trouble) {
        return new Strike(
                kind,
                node,
                lasts,
                () -> stage.troubleWithRedis(node, trouble),
                () -> stage.troubleWithRedis(node, Trouble.NONE));
    }

    private Strike postgresWire(FaultKind kind, int node, Duration lasts, Trouble trouble) {
        return new Strike(
                kind,
                node,
                lasts,
                () -> stage.troubleWithPostgres(node, trouble),
                () -> stage.troubleWithPostgres(node, Trouble.NONE));
    }

    private static Strike process(FaultKind kind, Duration lasts, NodeProcess node) {
        return kind == FaultKind.NODE_KILL
                ? new Strike(kind, node.number(), lasts, node::kill, node::start)
                : new Strike(kind, node.number(), lasts, node::pause, node::resume);
    }
}
