package dev.idem.admin.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.idem.admin.command.Cli.Run;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.redis.layout.RedisKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class DoctorIT extends CommandIT {

    @Test
    void eachCheckOfBothStoresIsInTheJson() throws Exception {
        Run run = cli.run("-o", "json", "doctor");

        JsonNode findings = json(run).at("/findings");
        assertThat(run.err()).isEmpty();
        assertThat(StreamSupport.stream(findings.spliterator(), false)
                        .map(finding -> finding.at("/subject").asText()
                                + ' '
                                + finding.at("/check").asText()))
                .containsExactly(
                        "redis writes",
                        "redis latency",
                        "redis version",
                        "redis role",
                        "redis eviction",
                        "redis persistence",
                        "redis scripts",
                        "redis arrears",
                        "clocks redis",
                        "redis installation",
                        "postgresql schema",
                        "postgresql writes",
                        "postgresql latency",
                        "postgresql version",
                        "postgresql writable",
                        "postgresql synchronous_commit",
                        "postgresql fsync",
                        "postgresql defaults",
                        "postgresql permissions",
                        "postgresql trust",
                        "postgresql stale",
                        "postgresql expired",
                        "postgresql partitions",
                        "postgresql rollout",
                        "clocks postgresql");
        assertThat(findings.get(0).fieldNames())
                .toIterable()
                .containsExactly("level", "subject", "check", "seen", "advice");
        assertThat(level(findings, "schema")).isEqualTo("ok");
        assertThat(level(findings, "permissions")).isEqualTo("ok");
        assertThat(level(findings, "role")).isEqualTo("ok");
        assertThat(level(findings, "writes")).isEqualTo("ok");
        assertThat(level(findings, "defaults")).isEqualTo("ok");
    }

    @Test
    void aKeyThatAnotherProgramHasTakenIsNamed() {
        try (EphemeralRedis redis = EphemeralRedis.start();
                Jedis operator = new Jedis(URI.create(redis.url()))) {
            Cli here = stores.cliWithRedis(directory, redis.url());
            RedisKeys keys = new RedisKeys(stores.keyPrefix());
            for (byte[] name :
                    List.of(keys.journals(), keys.installation(), keys.markers().get(7), keys.arrears())) {
                operator.lpush(name, name);

                Run run = here.run("doctor");

                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.out())
                        .containsPattern("error +redis +writes +the key " + Pattern.quote(new String(name, UTF_8))
                                + " has a list, and must")
                        .containsPattern("ok +redis +version")
                        .contains("Remove the key with DEL")
                        .doesNotContain("Unexpected failure");
                operator.del(name);
            }
            operator.lpush(keys.installation(), keys.installation());
            assertThat(here.run("list").err())
                    .contains("redis (", "answers and refuses: the key ", "has a list, and must have a hash");
        }
    }

    @Test
    void aRedisThatTakesNoWritesIsNamedAndTheRestIsExamined() {
        try (EphemeralRedis redis = EphemeralRedis.start();
                Jedis operator = new Jedis(URI.create(redis.url()))) {
            operator.configSet("maxmemory", "1");
            Run full = stores.cliWithRedis(directory, redis.url()).run("doctor");
            assertThat(full.exitCode()).isEqualTo(1);
            assertThat(full.out())
                    .containsPattern("error +redis +writes +OOM command not allowed")
                    .containsPattern("ok +redis +version")
                    .containsPattern("ok +postgresql +writes")
                    .contains("has used its maxmemory");

            operator.configSet("maxmemory", "0");
            operator.replicaof("127.0.0.1", 1);
            assertThat(stores.cliWithRedis(directory, redis.url()).run("doctor").out())
                    .containsPattern("error +redis +writes +READONLY");
            operator.replicaofNoOne();

            operator.aclSetUser("limited", "on", ">secret", "~*", "+@all", "-info", "-scan");
            Run forbidden = stores.cliWithRedis(directory, redis.url().replaceFirst("//.*@", "//limited:secret@"))
                    .run("doctor");
            assertThat(forbidden.exitCode()).isEqualTo(1);
            assertThat(forbidden.out())
                    .containsPattern("error +redis +writes +the server does not allow the command SCAN")
                    .containsPattern("warning +redis +info +the server does not allow the command INFO")
                    .containsPattern("ok +redis +scripts");

            Run absent = stores.cliWithRedis(directory, redis.url() + "/99999").run("doctor");
            assertThat(absent.exitCode()).isEqualTo(1);
            assertThat(absent.out()).contains("DB index is out of range", "database after the slash");
        }
    }

    @Test
    void whatTheDatabaseSetsForEverySessionIsAWarning() {
        stores.setsForEverySession("default_transaction_isolation = 'serializable'");
        stores.setsForEverySession("lock_timeout = '7ms'");

        Run run = cli.run("doctor");

        assertThat(run.out())
                .containsPattern(
                        "warning +postgresql +defaults +default_transaction_isolation = serializable, lock_timeout = 7ms")
                .containsPattern("ok +postgresql +writes");
    }

    @Test
    void aDatabaseThatIsReadOnlyIsAnError() {
        stores.setsForEverySession("default_transaction_read_only = on");

        Run run = cli.run("doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("error +postgresql +writes +.*read-only")
                .containsPattern("error +postgresql +writable +no")
                .contains("default_transaction_read_only = on");
    }

    /** A server that refuses one statement runs, and is examined by the others. */
    @Test
    void aLimitThatOneStatementMeetsIsNotAnAbsence() {
        stores.setsForEverySession("temp_file_limit = 0");
        stores.setsForEverySession("work_mem = '64kB'");

        Run run = cli.run("doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("error +postgresql +defaults +.*temporary file size exceeds")
                .contains("PostgreSQL runs: change what it complains of")
                .containsPattern("ok +postgresql +writes")
                .containsPattern("ok +postgresql +permissions")
                .containsPattern("ok +postgresql +stale")
                .doesNotContainPattern("postgresql +connection");
    }

    @Test
    void aPolicyThatIsStrictAndOpenIsAWarning() throws Exception {
        Files.writeString(directory.resolve("config.yml"), """
                idempotency:
                  consistency: strict
                  policies:
                    lenient: { onStoreFailure: open }
                    fast: { consistency: fast, onStoreFailure: open }
                gateway:
                  routes:
                    - { prefix: /orders, policy: { onStoreFailure: open } }
                    - { prefix: /closed, policy: { wait: 1s } }
                """, StandardOpenOption.APPEND);

        Run run = cli.run("doctor");

        assertThat(run.out())
                .contains("idempotency.policies.lenient is strict and open", "the route /orders is strict and open")
                .contains("once in each process")
                .doesNotContain("policies.fast is strict", "/closed is strict", "idempotency.policy is strict");
    }

    @Test
    void deadOwnersAreAWarningWithWhatToDo() {
        stores.dead(stores.postgres, "user:1", "key-1");

        assertThat(cli.run("doctor").out())
                .containsPattern("warning +postgresql +stale +1")
                .contains("postgresql stale: Owners have died.");
    }

    @Test
    void aSchemaThatIsBehindIsAnError() {
        cli.run("migrate", "rollback", "1", "--yes");

        Run run = cli.run("doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("run: idem-admin migrate", "There are errors.");
    }

    @Test
    void aStoreThatIsAwayIsAnErrorAndTheOtherIsLookedAt() {
        Run run = stores.cliWithoutDatabase(directory).run("doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("ok +redis +version")
                .containsPattern("error +postgresql +connection +postgresql \\(.*is unavailable");
    }

    @Test
    void theBreakersOfARunningServiceAreRead() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prometheus", exchange -> {
            byte[] metrics =
                    "idempotency_store_available{store=\"redis\"} 0.0\nidempotency_store_available{store=\"postgresql\"} 1.0\n"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, metrics.length);
            exchange.getResponseBody().write(metrics);
            exchange.close();
        });
        server.start();
        try {
            Run run = cli.run(
                    "doctor",
                    "--service",
                    "http://127.0.0.1:" + server.getAddress().getPort());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .containsPattern("error +service +breaker +\\{store=\"redis\"} open")
                    .containsPattern("ok +service +breaker +\\{store=\"postgresql\"} closed");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServiceThatDoesNotAnswerIsAnError() {
        Run run = cli.run("doctor", "--service", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("does not answer", "admin port");
    }

    @Test
    void aServiceThatIsNoUrlIsWrongUsage() {
        assertThat(cli.run("doctor", "--service", "localhost").exitCode()).isEqualTo(2);
    }

    private static String level(JsonNode findings, String check) {
        return StreamSupport.stream(findings.spliterator(), false)
                .filter(finding -> finding.at("/check").asText().equals(check))
                .map(finding -> finding.at("/level").asText())
                .findFirst()
                .orElseThrow();
    }
}
