package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.process.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.embedded.RedisServer;

/** A Redis Cluster of three masters without replicas. Without one, the others go on serving their slots. */
final class ThreeMasters implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int NODES = 3;
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final List<RedisServer> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final List<Long> processes = new ArrayList<>();

    ThreeMasters(Path directory) throws IOException {
        this.directory = directory;
        for (int node = 0; node < NODES; node++) {
            start();
        }
        for (int node = 0; node < NODES; node++) {
            try (Jedis server = node(node)) {
                server.clusterAddSlots(slots(node));
                server.clusterMeet(HOST, ports.get(0));
            }
        }
        awaitWhole();
    }

    private void start() throws IOException {
        int port = FreePort.ofClusterNode();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind " + HOST)
                .setting("dir " + directory)
                .setting("cluster-enabled yes")
                .setting("cluster-config-file nodes-" + port + ".conf")
                .setting("cluster-require-full-coverage no")
                .setting("save \"\"")
                .build();
        server.start();
        servers.add(server);
        ports.add(port);
        processes.add(process(ports.size() - 1));
    }

    void awaitWhole() {
        for (int node = 0; node < NODES; node++) {
            try (Jedis server = node(node)) {
                await().atMost(PATIENCE).until(() -> Stream.of(
                                "cluster_state:ok", "cluster_slots_ok:" + SLOTS, "cluster_known_nodes:" + NODES)
                        .allMatch(server.clusterInfo()::contains));
            }
        }
    }

    /** The slots of a node. */
    int[] slots(int node) {
        return IntStream.range(SLOTS * node / NODES, SLOTS * (node + 1) / NODES).toArray();
    }

    /** The node that has this key. */
    int nodeOf(byte[] key) {
        int slot = JedisClusterCRC16.getSlot(key);
        return IntStream.range(0, NODES)
                .filter(node -> slot < SLOTS * (node + 1) / NODES)
                .findFirst()
                .orElseThrow();
    }

    private long process(int node) {
        try (Jedis server = node(node)) {
            return Long.parseLong(server.info("server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("process_id:".length())
                    .strip());
        }
    }

    String url() {
        return ports.stream().map(port -> "redis://" + HOST + ':' + port).collect(Collectors.joining(","));
    }

    String address(int node) {
        return HOST + ':' + ports.get(node);
    }

    Jedis node(int node) {
        return new Jedis(HOST, ports.get(node));
    }

    /** The system does not run it until {@link #resume}. */
    void suspend(int node) throws IOException {
        signal("STOP", processes.get(node));
    }

    void resume(int node) throws IOException {
        signal("CONT", processes.get(node));
    }

    void stop(int node) throws IOException {
        servers.get(node).stop();
    }

    private static void signal(String name, long process) throws IOException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process).start();
        assertThat(kill.onExit().join().exitValue()).isZero();
    }

    @Override
    public void close() throws IOException {
        for (RedisServer server : servers) {
            server.stop();
        }
    }
}
