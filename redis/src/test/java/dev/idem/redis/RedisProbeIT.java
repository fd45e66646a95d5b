package dev.idem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.redis.connect.RedisCommands;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;

/** A Redis that answers every PING, and in which each test breaks something else. */
final class RedisProbeIT {
    private static final EphemeralRedis SERVER = EphemeralRedis.start();

    private final Jedis operator = new Jedis(URI.create(SERVER.url()));
    private final UnifiedJedis redis = client(SERVER.url());
    private final RedisProbe probe = new RedisProbe(() -> redis, "p*:");

    @BeforeEach
    void itTakesWrites() {
        operator.flushAll();
        probe.run(false);
    }

    @AfterEach
    void repair() {
        operator.configSet("maxmemory", "0");
        operator.replicaofNoOne();
        operator.configSet("save", "");
        redis.close();
        operator.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static UnifiedJedis client(String url) {
        return RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(url, null), RedisConnections.DEFAULT_TIMEOUT);
    }

    private StoreUnavailableException failure() {
        return catchThrowableOfType(StoreUnavailableException.class, () -> probe.run(false));
    }

    @Test
    void itLeavesNothing() {
        assertThat(operator.keys("*")).isEmpty();
    }

    @Test
    void aFullRedisIsNamed() {
        operator.configSet("maxmemory", "1");

        StoreUnavailableException full = failure();

        assertThat(full.reason()).isEqualTo(UnavailableReason.FULL);
        assertThat(full.why()).startsWith("OOM command not allowed");
        assertThat(full.advice()).contains("maxmemory");
        assertThat(operator.ping()).isEqualTo("PONG");
    }

    @Test
    void aRedisThatCannotWriteItsFilesIsNamed() {
        operator.configSet("save", "1 1");
        String directory = operator.configGet("dir").get("dir");
        assertThat(new File(directory, "a-directory").mkdir()).isTrue();
        operator.configSet("dbfilename", "a-directory");
        operator.bgsave();
        await().until(() -> operator.info("persistence").contains("rdb_last_bgsave_status:err"));

        StoreUnavailableException misconfigured = failure();

        assertThat(misconfigured.reason()).isEqualTo(UnavailableReason.FULL);
        assertThat(misconfigured.why()).startsWith("MISCONF");
        assertThat(misconfigured.advice()).contains("disk");
    }

    @Test
    void aReplicaIsNamed() {
        operator.replicaof("127.0.0.1", 1);

        StoreUnavailableException replica = failure();

        assertThat(replica.reason()).isEqualTo(UnavailableReason.READ_ONLY);
        assertThat(replica.why()).startsWith("READONLY");
    }

    static List<String> neededCommands() {
        return RedisCommands.NEEDED;
    }

    @ParameterizedTest
    @MethodSource("neededCommands")
    void aCommandThatIsForbiddenIsNamed(String command) {
        operator.aclSetUser("limited", "reset", "on", ">secret", "~*", "+@all", "-" + command.toLowerCase(Locale.ROOT));
        operator.scriptFlush();
        String url = SERVER.url().replaceFirst("//.*@", "//limited:secret@");

        try (UnifiedJedis limited = client(url)) {
            assertThatThrownBy(() -> new RedisProbe(() -> limited, "p*:").run(false))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, forbidden -> {
                        assertThat(forbidden.reason()).isEqualTo(UnavailableReason.PERMISSION);
                        assertThat(forbidden.why()).isEqualTo("the server does not allow the command " + command);
                        assertThat(forbidden.advice()).contains("ACL SETUSER", "rename-command");
                    });
        }
    }

    @Test
    void aThoroughProbeFindsWhatTheUsualOneDoesNotTry() {
        operator.aclSetUser("later", "reset", "on", ">secret", "~*", "+@all");
        String url = SERVER.url().replaceFirst("//.*@", "//later:secret@");

        try (UnifiedJedis later = client(url)) {
            RedisProbe known = new RedisProbe(() -> later, "p*:");
            known.run(false);
            operator.aclSetUser("later", "-mget");
            known.run(false);

            assertThatThrownBy(() -> known.run(true)).hasMessageContaining("MGET");
        }
    }

    @Test
    void theNeededCommandsAreEnough() {
        operator.aclSetUser("exact", "reset", "on", ">secret", "~p*", "-@all");
        RedisCommands.NEEDED.forEach(command -> operator.aclSetUser("exact", "+" + command.toLowerCase(Locale.ROOT)));
        String url = SERVER.url().replaceFirst("//.*@", "//exact:secret@");

        try (UnifiedJedis exact = client(url)) {
            new RedisProbe(() -> exact, "p*:").run(false);
        }
    }

    @Test
    void aUserWhoMayNotUseOurKeysIsUnavailable() {
        operator.aclSetUser("elsewhere", "reset", "on", ">secret", "~other:*", "+@all");
        String url = SERVER.url().replaceFirst("//.*@", "//elsewhere:secret@");

        try (UnifiedJedis elsewhere = client(url)) {
            assertThatThrownBy(() -> new RedisProbe(() -> elsewhere, "p*:").run(false))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, forbidden -> assertThat(forbidden.reason())
                            .isEqualTo(UnavailableReason.PERMISSION));
        }
    }

    @Test
    void aDatabaseThatDoesNotExistIsUnavailable() {
        try (UnifiedJedis absent = client(SERVER.url() + "/99999")) {
            assertThatThrownBy(() -> new RedisProbe(() -> absent, "p*:").run(false))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, missing -> {
                        assertThat(missing.why()).contains("DB index is out of range");
                        assertThat(missing.advice()).contains("database after the slash", "REDIS_URL");
                    });
        }
    }
}
