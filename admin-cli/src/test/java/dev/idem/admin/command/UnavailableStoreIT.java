package dev.idem.admin.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.admin.command.Cli.Run;
import dev.idem.admin.session.ExitCode;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.connect.DatabaseTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** Every command says which store is unavailable, why, and what to do. The other store is used all the same. */
@ExtendWith(ServersExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class UnavailableStoreIT {
    private static final int AT_ONCE = 12;
    private static final byte[] TLS_ALERT = {21, 3, 3, 0, 2, 2, 70};
    private static final byte[] HTTP = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII);

    private static final String LIST = "list -o json";
    private static final List<String> OF_RECORDS = List.of(
            "inspect nothing",
            LIST,
            "clear-stale --yes",
            "delete nothing --scope user:1 --yes",
            "resolve nothing --release --yes",
            "stats",
            "reconcile",
            "doctor");
    private static final List<String> CHANGING_THE_DATABASE = List.of(
            "purge",
            "rollout set --percent 1",
            "rollout reset",
            "migrate rollback 1 --yes",
            "user add ann@example.com --password-stdin",
            "doctor");
    private static final List<String> OF_THE_DATABASE = List.of(
            "purge",
            "tail --for 1ms",
            "events export",
            "migrate up",
            "migrate status",
            "migrate sql",
            "migrate rollback 1 --yes",
            "rollout get",
            "rollout set --percent 1",
            "rollout reset",
            "user list",
            "user add ann@example.com --password-stdin",
            "user disable ann@example.com",
            "user enable ann@example.com",
            "user password ann@example.com --password-stdin");

    private final FaultyServer silent = FaultyServer.silent();
    private final FaultyServer http = FaultyServer.sending(HTTP);
    private final FaultyServer tls = FaultyServer.sending(TLS_ALERT);
    private final ExecutorService runs = Executors.newFixedThreadPool(AT_ONCE);
    private final Map<Case, Future<Run>> results = new ConcurrentHashMap<>();
    private final List<Case> cases = new ArrayList<>();
    private Path directory;
    private Fixture stores;
    private String redisUrl;
    private String databaseUrl;

    /** A store that is unavailable for a reason, and a command that needs it. */
    record Case(String store, UnavailableReason reason, String redis, String database, String command) {
        @Override
        public String toString() {
            return store + ' ' + reason.label() + ": " + command;
        }

        String setting() {
            return store.equals("redis") ? "REDIS_URL" : "DATABASE_URL";
        }

        String other() {
            return store.equals("redis") ? "postgresql" : "redis";
        }
    }

    @BeforeAll
    void runAllCommands(@TempDir Path temporary, TestRedis redis, TestDatabase database) {
        directory = temporary;
        stores = new Fixture(redis, database);
        redisUrl = redis.url();
        databaseUrl = database.jdbcUrl();
        String rights = createUsersWithoutRights();
        String port = redisUrl.substring(0, redisUrl.lastIndexOf('/')).replaceAll(".*[:@]", "");
        redis(UnavailableReason.REFUSED, "redis://127.0.0.1:1");
        redis(UnavailableReason.TIMEOUT, "redis://127.0.0.1:" + silent.port());
        redis(UnavailableReason.UNKNOWN_HOST, "redis://redis.invalid:6379");
        redis(UnavailableReason.TLS, "rediss://127.0.0.1:" + port);
        redis(UnavailableReason.TLS, "redis://127.0.0.1:" + tls.port());
        redis(UnavailableReason.AUTHENTICATION, "redis://nobody:hunter2@127.0.0.1:" + port);
        redis(UnavailableReason.PERMISSION, "redis://powerless:hunter2@127.0.0.1:" + port);
        redis(UnavailableReason.WRONG_SERVER, "redis://127.0.0.1:" + http.port());
        database(UnavailableReason.REFUSED, "postgres://127.0.0.1:1/idem");
        database(UnavailableReason.TIMEOUT, "postgres://127.0.0.1:" + silent.port() + "/idem");
        database(UnavailableReason.UNKNOWN_HOST, "postgres://postgres.invalid/idem");
        database(UnavailableReason.TLS, with(databaseUrl, "sslmode=require"));
        database(UnavailableReason.AUTHENTICATION, login(databaseUrl, "nobody"));
        database(UnavailableReason.PERMISSION, login(databaseUrl, rights));
        database(UnavailableReason.WRONG_SERVER, "postgres://127.0.0.1:" + http.port() + "/idem");
        CHANGING_THE_DATABASE.forEach(command -> add(new Case(
                "postgresql",
                UnavailableReason.READ_ONLY,
                redisUrl,
                with(databaseUrl, "options=-c%20default_transaction_read_only=on"),
                command)));
    }

    private void redis(UnavailableReason reason, String url) {
        OF_RECORDS.forEach(command -> add(new Case("redis", reason, url, databaseUrl, command)));
    }

    private void database(UnavailableReason reason, String url) {
        Stream.concat(OF_RECORDS.stream(), OF_THE_DATABASE.stream())
                .forEach(command -> add(new Case("postgresql", reason, redisUrl, url, command)));
    }

    private void add(Case one) {
        cases.add(one);
        results.put(one, runs.submit(() -> run(one)));
    }

    private Run run(Case one) throws Exception {
        Path place = Files.createTempDirectory(directory, "case");
        Files.writeString(
                place.resolve("config.yml"),
                "redis: { url: '" + one.redis() + "', keyPrefix: 't:' }\ndatabase: { url: '" + one.database()
                        + "' }\n");
        List<String> arguments = new ArrayList<>(List.of(one.command().split(" ")));
        arguments.addAll(List.of("--timeout", "500ms"));
        return Cli.in(place).input("correct horse battery\n").run(arguments.toArray(String[]::new));
    }

    private String createUsersWithoutRights() {
        try (Jedis client = new Jedis(redisUrl)) {
            client.sendCommand(
                    Protocol.Command.ACL, "SETUSER", "powerless", "on", ">hunter2", "~*", "+ping", "+client");
        }
        String role = "powerless" + ProcessHandle.current().pid();
        Jdbi.create(databaseUrl)
                .useHandle(handle -> handle.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'hunter2'"));
        return role;
    }

    private static String login(String url, String user) {
        String bare = ((DatabaseTarget.External) DatabaseTarget.parse(url)).jdbcUrl();
        return with(bare, "user=" + user + "&password=hunter2");
    }

    private static String with(String url, String parameter) {
        return url + (url.contains("?") ? "&" : "?") + parameter;
    }

    private Run result(Case one) throws Exception {
        return Objects.requireNonNull(results.get(one)).get();
    }

    Stream<Case> cases() {
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCommandSaysWhichStoreIsUnavailableAndWhatToDo(Case one) throws Exception {
        Run run = result(one);

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out() + run.err())
                .doesNotContain("Unexpected failure", "Exception", "\tat ", "hunter2")
                .doesNotContain(one.other() + " (");
        assertThat(run.out())
                .doesNotContain("No record", "Nothing is stale", "There are no users", "agree", "Deleted: 0");
        if (!one.command().equals("doctor")) {
            assertThat(run.err())
                    .contains(one.store() + " (")
                    .contains(one.reason().isRefusal() ? " answers and refuses: " : " is unavailable: ")
                    .contains(one.setting());
        }
    }

    @ParameterizedTest
    @MethodSource("doctors")
    void theDoctorExaminesTheOtherStoreAllTheSame(Case one) throws Exception {
        Run run = result(one);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("error +" + one.store())
                .containsPattern("ok +" + one.other() + " +version");
    }

    Stream<Case> doctors() {
        return cases().filter(one -> one.command().equals("doctor"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void programsGetTheReasonAsAWord(Case one) throws Exception {
        Run run = result(one);

        assertThat(new ObjectMapper()
                        .readTree(run.out())
                        .at("/unavailable/0/kind")
                        .asText())
                .as(run.out())
                .isEqualTo(one.reason().label());
    }

    Stream<Case> lists() {
        return cases().filter(one -> one.command().equals(LIST));
    }

    @AfterAll
    void close() throws Exception {
        runs.shutdownNow();
        silent.close();
        http.close();
        tls.close();
        stores.close();
    }
}
