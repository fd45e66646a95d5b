package dev.idem.core.engine;

import static org.awaitility.Awaitility.await;

import dev.idem.embedded.process.FreePort;
import dev.idem.redis.connect.RedisTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.embedded.Redis;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;

/** A group of Redis servers with failover: the server that tests kill has a replica, which takes over. */
final class RedisGroup implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int SHARDS = 3;
    private static final String HOST = "127.0.0.1";
    private static final String MASTER = "records";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final RedisTarget.External target;
    private final int victim;
    private final int heir;
    private final Map<Integer, Redis> servers = new HashMap<>();

    private RedisGroup(Path directory, RedisTarget.Mode mode) throws IOException {
        this.directory = directory;
        if (mode == RedisTarget.Mode.CLUSTER) {
            List<Integer> masters = new ArrayList<>();
            for (int shard = 0; shard < SHARDS; shard++) {
                masters.add(startInCluster());
            }
            victim = masters.get(0);
            heir = startInCluster();
            join(masters);
            target = target(masters.stream().map(port -> "redis://" + HOST + ':' + port), mode);
        } else {
            victim = start("");
            heir = start("replicaof " + HOST + ' ' + victim);
            awaitReplication();
            int watcher = watch();
            target = target(Stream.of("redis://" + HOST + ":" + watcher + "?master=" + MASTER), mode);
        }
    }

    /** Three shards, one of which has a replica. */
    static RedisGroup cluster(Path directory) throws IOException {
        return new RedisGroup(directory, RedisTarget.Mode.CLUSTER);
    }

    /** A server, its replica, and a sentinel that watches both. */
    static RedisGroup sentinel(Path directory) throws IOException {
        return new RedisGroup(directory, RedisTarget.Mode.SENTINEL);
    }

    RedisTarget.External target() {
        return target;
    }

    /** Kills the server that has a replica. */
    void killOne() {
        long pid;
        try (Jedis server = new Jedis(HOST, victim)) {
            pid = Long.parseLong(server.info("server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("process_id:".length()));
        }
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** A server closes its connections when it becomes the master. */
    void awaitTakeOver() {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(JedisConnectionException.class)
                .until(() -> {
                    try (Jedis server = new Jedis(HOST, heir)) {
                        return server.info("replication").contains("role:master");
                    }
                });
    }

    private void join(List<Integer> masters) {
        for (int shard = 0; shard < SHARDS; shard++) {
            try (Jedis node = new Jedis(HOST, masters.get(shard))) {
                node.clusterAddSlots(IntStream.range(SLOTS * shard / SHARDS, SLOTS * (shard + 1) / SHARDS)
                        .toArray());
            }
        }
        String id;
        try (Jedis first = new Jedis(HOST, victim)) {
            masters.stream().skip(1).forEach(port -> first.clusterMeet(HOST, port));
            first.clusterMeet(HOST, heir);
            id = first.clusterMyId();
        }
        for (int port : servers.keySet()) {
            await().atMost(PATIENCE).until(() -> {
                try (Jedis node = new Jedis(HOST, port)) {
                    String info = node.clusterInfo();
                    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + (SHARDS + 1));
                }
            });
        }
        try (Jedis replica = new Jedis(HOST, heir)) {
            replica.clusterReplicate(id);
        }
        awaitReplication();
    }

    private void awaitReplication() {
        await().atMost(PATIENCE).until(() -> {
            try (Jedis replica = new Jedis(HOST, heir)) {
                return replica.info("replication").contains("master_link_status:up");
            }
        });
    }

    private int startInCluster() throws IOException {
        return start("cluster-enabled yes", "cluster-node-timeout 1000", "cluster-replica-validity-factor 0");
    }

    private int start(String... settings) throws IOException {
        int port = FreePort.ofClusterNode();
        var server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind " + HOST)
                .setting("dir " + directory)
                .setting("dbfilename dump-" + port + ".rdb")
                .setting("cluster-config-file nodes-" + port + ".conf")
                .setting("save \"\"");
        for (String setting : settings) {
            server.settingIf(!setting.isEmpty(), setting);
        }
        return started(port, server.build());
    }

    private int watch() throws IOException {
        int port = FreePort.ofClusterNode();
        return started(
                port,
                RedisSentinel.newRedisSentinel()
                        .bind(HOST)
                        .port(port)
                        .masterName(MASTER)
                        .masterPort(victim)
                        .quorumSize(1)
                        .downAfterMilliseconds(1_000L)
                        .failOverTimeout(5_000L)
                        .build());
    }

    private int started(int port, Redis server) throws IOException {
        server.start();
        servers.put(port, server);
        return port;
    }

    private static RedisTarget.External target(Stream<String> urls, RedisTarget.Mode mode) {
        return (RedisTarget.External) RedisTarget.parse(
                urls.collect(Collectors.joining(",")), mode == RedisTarget.Mode.CLUSTER ? "cluster" : "sentinel");
    }

    @Override
    public void close() throws IOException {
        for (Redis server : servers.values()) {
            server.stop();
        }
    }
}
