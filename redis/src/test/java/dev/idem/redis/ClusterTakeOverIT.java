package dev.idem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.ClusterFailoverOption;
import redis.embedded.RedisServer;

/** A host of the cluster falls silent, and its replica takes over. Nobody tells the clients. */
final class ClusterTakeOverIT {
    private static final Duration TIMEOUT = Duration.ofMillis(250);

    @Test
    void aClientThatOnlyEverAsksTheSilentHostLearnsWhoHasItsSlots(@TempDir Path directory) throws Exception {
        int first = ClusterIT.freePort();
        int second = ClusterIT.freePort();
        RedisServer master = ClusterIT.start(first, directory);
        RedisServer replica = ClusterIT.start(second, directory);
        try (Jedis toMaster = new Jedis("127.0.0.1", first);
                Jedis toReplica = new Jedis("127.0.0.1", second)) {
            ClusterIT.own(first, IntStream.range(0, ClusterIT.SLOTS));
            toReplica.clusterMeet("127.0.0.1", first);
            await().until(() -> toReplica.clusterNodes().contains("0-16383"));
            toReplica.clusterReplicate(toMaster.clusterMyId());
            await().until(() -> toReplica.info("replication").contains("master_link_status:up"));
            await().until(() -> toMaster.clusterInfo().contains("cluster_state:ok"));
            long process = pidOf(toMaster);

            try (UnifiedJedis client = RedisConnections.open(
                    (RedisTarget.External) RedisTarget.parse("redis://127.0.0.1:" + first, "cluster"), TIMEOUT)) {
                assertThat(client.set("key", "before")).isEqualTo("OK");
                await().until(() -> toReplica.dbSize() == 1);
                signal("STOP", process);
                try {
                    toReplica.clusterFailover(ClusterFailoverOption.TAKEOVER);
                    await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> client.set("key", "after")
                            .equals("OK"));
                } finally {
                    signal("CONT", process);
                }
            }
        } finally {
            master.stop();
            replica.stop();
        }
    }

    private static long pidOf(Jedis server) {
        return server.info("server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("process_id:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static void signal(String name, long process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + name + " " + process)
                        .start()
                        .waitFor())
                .isZero();
    }
}
