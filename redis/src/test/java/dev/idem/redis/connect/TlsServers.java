package dev.idem.redis.connect;

import static org.awaitility.Awaitility.await;

import dev.idem.embedded.process.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.embedded.Redis;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;

/** A server, a cluster of one node, and a sentinel that watches the server. With TLS, all ask for a client certificate. */
final class TlsServers implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int SLOTS = 16_384;

    private final List<Redis> servers = new ArrayList<>();
    private final int single;
    private final int cluster;
    private final int sentinel;

    /** @param settings of TLS, for all */
    TlsServers(Path directory, List<String> settings) throws IOException {
        single = start(directory, settings, List.of());
        cluster = start(
                directory, settings, List.of("cluster-enabled yes", "tls-cluster yes", "cluster-announce-ip " + HOST));
        sentinel = watch(settings);
    }

    String url() {
        return "rediss://" + HOST + ':' + single;
    }

    /** By another name than the certificate has. */
    String urlByAnotherName() {
        return "rediss://localhost:" + single;
    }

    String clusterUrl() {
        return "rediss://" + HOST + ':' + cluster;
    }

    String sentinelUrl() {
        return "rediss://" + HOST + ':' + sentinel + "?master=records";
    }

    private int start(Path directory, List<String> settings, List<String> more) throws IOException {
        int port = FreePort.ofClusterNode();
        int tls = FreePort.ofClusterNode();
        var server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind " + HOST)
                .setting("tls-port " + tls)
                .setting("dir " + directory)
                .setting("cluster-config-file nodes-" + port + ".conf")
                .setting("save \"\"");
        settings.forEach(server::setting);
        more.forEach(server::setting);
        started(server.build());
        if (!more.isEmpty()) {
            try (Jedis node = new Jedis(HOST, port)) {
                node.clusterAddSlots(IntStream.range(0, SLOTS).toArray());
                await().until(() -> node.clusterInfo().contains("cluster_state:ok"));
            }
        }
        return tls;
    }

    private int watch(List<String> settings) throws IOException {
        int tls = FreePort.ofClusterNode();
        var sentinels = RedisSentinel.newRedisSentinel()
                .bind(HOST)
                .port(FreePort.ofClusterNode())
                .masterName("records")
                .masterPort(single)
                .quorumSize(1)
                .setting("tls-port " + tls);
        settings.forEach(sentinels::setting);
        sentinels.addDefaultReplicationGroup();
        started(sentinels.build());
        return tls;
    }

    private void started(Redis server) throws IOException {
        server.start();
        servers.add(server);
    }

    @Override
    public void close() throws IOException {
        for (Redis server : servers) {
            server.stop();
        }
    }
}
