package dev.idem.redis;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.Sample;
import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.core.store.recovery.ChangedRecords.Step;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.recovery.RedisChanges;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.embedded.RedisServer;

/** Two nodes, each with half of the slots: a scan of all records covers both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls open
class ClusterIT {
    private static final int RECORDS = 200;
    static final int SLOTS = 16_384;
    private static final Scope SCOPE = new Scope("user:1");

    private RedisServer one;
    private RedisServer two;
    private UnifiedJedis client;
    private RedisRecords records;
    private RedisStore store;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        int first = freePort();
        int second = freePort();
        one = start(first, directory);
        two = start(second, directory);
        own(first, IntStream.range(0, SLOTS / 2));
        own(second, IntStream.range(SLOTS / 2, SLOTS));
        try (Jedis node = new Jedis("127.0.0.1", first)) {
            node.clusterMeet("127.0.0.1", second);
        }
        await().until(() -> isWhole(first) && isWhole(second));
        client = RedisConnections.open(
                (RedisTarget.External)
                        RedisTarget.parse("redis://127.0.0.1:" + first + ",redis://127.0.0.1:" + second, "cluster"),
                Duration.ofSeconds(2));
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> client, "c*:");
        trust.beginRefill(Generation.next(), generation);
        trust.trust(generation);
        store = new RedisStore(() -> client, "c*:", () -> Optional.of(generation));
        records = new RedisRecords(() -> client, "c*:");
        IntStream.range(0, RECORDS)
                .forEach(number -> store.claim(Sample.of(SCOPE, "key-" + number).request()));
    }

    @AfterAll
    void close() throws IOException {
        client.close();
        one.stop();
        two.stop();
    }

    @Test
    void theWholeClusterBelongsToOneInstallation() {
        Installation ours = new Installation("ours", "orders");
        Installation other = new Installation("other", "copy of orders");

        assertThat(new RedisOwner(() -> client, "owned*:").claim(ours)).isEqualTo(ours);
        assertThat(new RedisOwner(() -> client, "owned*:").claim(other)).isEqualTo(ours);
        new RedisOwner(() -> client, "owned*:").take(other);
        assertThat(new RedisOwner(() -> client, "owned*:").find()).contains(other);
        assertThat(new RedisOwner(() -> client, "owned*:").nodes()).isZero();
    }

    @Test
    void deletedAnswersAreRemovedOnEachNode() {
        List<Tombstone> tombstones = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            Lease lease = ((Claim.Acquired) store.claim(
                            Sample.of(new Scope("user:2"), "buried-" + number).request()))
                    .lease();
            assertThat(store.complete(lease, Sample.answer(1, 10))).isTrue();
            MonotonicInstant before = MonotonicInstant.now().plus(Duration.ofHours(-1));
            tombstones.add(new Tombstone(lease.id(), Set.of(lease.owner()), before, Duration.ofHours(1)));
        }

        assertThat(new RedisCopy(() -> client, "c*:").bury(tombstones)).isEqualTo(20);

        assertThat(records.heads(tombstones.stream().map(Tombstone::id).toList()))
                .isEmpty();
    }

    @Test
    void aProbeWritesToEachNode() {
        RedisProbe probe = new RedisProbe(() -> client, "c*:");
        probe.run(false);

        try (Jedis second = new Jedis("127.0.0.1", two.ports().get(0))) {
            second.configSet("maxmemory", "1");
            assertThatThrownBy(() -> probe.run(false)).hasMessageContaining("OOM");
            second.configSet("maxmemory", "0");
        }
        probe.run(false);
    }

    @Test
    void eachRecordIsListed() {
        Set<RecordId> seen = new HashSet<>();
        @Nullable String cursor = null;
        do {
            Page page = records.list(new Filter(null, SCOPE, null, 10), cursor);
            page.records().stream().map(RecordHead::id).forEach(seen::add);
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen).hasSize(RECORDS);
    }

    @Test
    void eachChangeIsFound() {
        RedisChanges changes = new RedisChanges(() -> client, "c*:");
        Set<RecordId> seen = new HashSet<>();
        @Nullable String cursor = null;
        do {
            cursor = changes.step(Instant.EPOCH, cursor, AnswerIndex.NONE, page -> page.stream()
                            .map(StoredRecord::id)
                            .forEach(seen::add))
                    .next();
        } while (cursor != null);

        assertThat(seen).hasSize(RECORDS);
    }

    @Test
    void aBucketWhoseServerWasReplacedIsScannedFromItsBeginning() {
        RedisChanges changes = new RedisChanges(() -> client, "c*:");

        Step step = changes.step(Instant.EPOCH, "another 7:12", AnswerIndex.NONE, page -> {});

        assertThat(step).isEqualTo(new Step(" 7:0", 0));
        assertThat(changes.step(Instant.EPOCH, step.next(), AnswerIndex.NONE, page -> {})
                        .next())
                .endsWith(" 8:0");
    }

    @Test
    void eachKeyIsFoundWithoutItsScope() {
        Set<String> found = IntStream.range(0, 20)
                .mapToObj(number -> "key-" + number)
                .filter(key -> records.findByKey(key, 10, Depth.QUICK).heads().size() == 1)
                .collect(toSet());

        assertThat(found).hasSize(20);
    }

    @Test
    void aQuickSearchCountsTheKeysOfAllShards() {
        assertThat(records.findByKey("key-0", 10, new Depth(RECORDS - 1)).whole())
                .isFalse();
    }

    /** The node that had them answers SCAN all the same, with nothing. */
    @Test
    void recordsThatHaveMovedToAnotherNodeAreListed() {
        move(JedisClusterCRC16.getSlot(new RedisKeys("c*:").markers().get(3)));

        eachRecordIsListed();
    }

    private void move(int slot) {
        try (Jedis from = new Jedis(
                        "127.0.0.1", (slot < SLOTS / 2 ? one : two).ports().get(0));
                Jedis to = new Jedis(
                        "127.0.0.1", (slot < SLOTS / 2 ? two : one).ports().get(0))) {
            String heir = to.clusterMyId();
            to.clusterSetSlotImporting(slot, from.clusterMyId());
            from.clusterSetSlotMigrating(slot, heir);
            from.migrate(
                    "127.0.0.1",
                    to.getConnection().getHostAndPort().getPort(),
                    2_000,
                    new MigrateParams(),
                    from.clusterGetKeysInSlotBinary(slot, 2 * RECORDS).toArray(byte[][]::new));
            to.clusterSetSlotNode(slot, heir);
            from.clusterSetSlotNode(slot, heir);
        }
    }

    @Test
    void aNodeThatRefusesLeavesNothingWhole() {
        records.requireWhole();
        try (Jedis second = new Jedis("127.0.0.1", two.ports().get(0))) {
            second.aclSetUser("default", "-evalsha", "-dbsize");
            try {
                assertThatThrownBy(records::requireWhole).hasMessageContaining("EVALSHA");
                assertThatThrownBy(() -> new RedisCopy(() -> client, "c*:").about())
                        .isInstanceOfSatisfying(StoreUnavailableException.class, refusal -> assertThat(refusal.reason())
                                .isEqualTo(UnavailableReason.PERMISSION));
            } finally {
                second.aclSetUser("default", "+@all");
            }
        }
    }

    @Test
    void aNodeThatDoesNotTellItsMemoryIsCounted() {
        try (Jedis second = new Jedis("127.0.0.1", two.ports().get(0))) {
            second.aclSetUser("default", "-memory");
            try {
                eachRecordIsCounted();
            } finally {
                second.aclSetUser("default", "+@all");
            }
        }
    }

    @Test
    void eachRecordIsCounted() {
        assertThat(records.statistics(Duration.ofSeconds(30), count -> {}).processing())
                .isEqualTo(RECORDS);
    }

    static RedisServer start(int port, Path directory) throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("dir " + directory)
                .setting("cluster-enabled yes")
                .setting("cluster-config-file nodes-" + port + ".conf")
                .setting("save \"\"")
                .build();
        server.start();
        return server;
    }

    static void own(int port, IntStream slots) {
        try (Jedis node = new Jedis("127.0.0.1", port)) {
            node.clusterAddSlots(slots.toArray());
        }
    }

    private static boolean isWhole(int port) {
        try (Jedis node = new Jedis("127.0.0.1", port)) {
            return node.clusterInfo().contains("cluster_state:ok")
                    && node.clusterInfo().contains("cluster_known_nodes:2");
        }
    }

    /** The cluster bus uses the port plus 10,000, which must be a valid port too. */
    static int freePort() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (ServerSocket socket = new ServerSocket(0)) {
                int candidate = 20_000 + socket.getLocalPort() % 10_000;
                try (ServerSocket probe = new ServerSocket(candidate);
                        ServerSocket bus = new ServerSocket(candidate + 10_000)) {
                    if (probe.isBound() && bus.isBound()) {
                        return candidate;
                    }
                } catch (IOException taken) {
                    assertThat(taken).hasMessageContaining("in use");
                }
            }
        }
        throw new IllegalStateException("no free port for a node and its bus");
    }
}
