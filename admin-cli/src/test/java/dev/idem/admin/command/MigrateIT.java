package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MigrateIT extends CommandIT {
    private static final String LAST_CHANGE = "014-held-records";

    @Test
    void anUpToDateSchemaIsLeftAlone() throws Exception {
        Run run = cli.run("-o", "json", "migrate");

        assertThat(run.exitCode()).isZero();
        assertThat(json(run).get("applied")).isEmpty();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theSqlOfWhatIsPendingIsShownAndNotRun() throws Exception {
        cli.run("migrate", "rollback", "1", "--yes");

        Run run = cli.run("migrate", "sql");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("CREATE INDEX CONCURRENTLY idempotency_records_held", "INSERT INTO", LAST_CHANGE)
                .doesNotContain("CREATE TABLE idempotency_records");
        assertThat(json(cli.run("-o", "json", "migrate", "status"))
                        .get("pending")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void ofAnUpToDateSchemaThereIsNoSql() throws Exception {
        assertThat(cli.run("migrate", "sql").out()).contains("up to date");
        assertThat(json(cli.run("-o", "json", "migrate", "sql")).get("sql").asText())
                .isEmpty();
    }

    @Test
    void aRollbackAsksFirst() {
        Run run = cli.typing(() -> "n").run("migrate", "rollback", "1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("will be lost");
        assertThat(cli.run("migrate").out()).contains("up to date").doesNotContain("Applied");
    }

    @Test
    void whatIsTakenBackIsPendingAndCanBeAppliedAgain() throws Exception {
        Run rollback = cli.run("migrate", "rollback", "1", "--yes");

        assertThat(rollback.exitCode()).isZero();
        assertThat(rollback.out()).contains("Rolled back: " + LAST_CHANGE + ".");
        assertThat(json(cli.run("-o", "json", "migrate", "status"))
                        .get("pending")
                        .asInt())
                .isEqualTo(1);
        assertThat(cli.run("migrate", "status").out()).contains(LAST_CHANGE, "pending", "001-idempotency-records");
        assertThat(cli.run("migrate", "up").out()).contains("Applied: " + LAST_CHANGE + ".");
    }

    @Test
    void noMoreIsTakenBackThanTheDatabaseHas() throws Exception {
        Run run = cli.run("migrate", "rollback", "99", "--yes", "--drop-data");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Nothing was rolled back: the database has ");
        assertThat(pending()).isZero();
    }

    @Test
    void tablesWithRowsAreOnlyDroppedOnDemand() throws Exception {
        stores.completed(stores.postgres, "user:1", "key-1");
        cli.input("correct horse battery\n").run("user", "add", "ann@example.com", "--password-stdin");
        String all = Integer.toString(changes());

        Run refused = cli.run("migrate", "rollback", all, "--yes");
        Run done = cli.run("migrate", "rollback", all, "--yes", "--drop-data");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains(
                        "the latest first: " + LAST_CHANGE, "idempotency_records has 1", "users has 1", "--drop-data");
        assertThat(done.exitCode()).isZero();
        assertThat(done.err()).contains("These rows will be lost: ", "users has 1", "002-users");
        assertThat(pending()).isEqualTo(changes());
    }

    @Test
    void aColumnOfATableWithRowsIsDataToo() {
        stores.completed(stores.postgres, "user:1", "key-1");
        int toTheWindows = changesSince("006-windows");

        Run run = cli.run("migrate", "rollback", Integer.toString(toTheWindows), "--yes");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("idempotency_records has 1").doesNotContain("users");
    }

    @Test
    void whatOperatorsHaveSetIsDataToo() {
        cli.run("rollout", "set", "--percent", "1");

        Run run = cli.run("migrate", "rollback", Integer.toString(changesSince("008-idempotency-rollout")), "--yes");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("idempotency_rollout has 1");
    }

    private int pending() throws Exception {
        return json(cli.run("-o", "json", "migrate", "status")).get("pending").asInt();
    }

    private int changes() throws Exception {
        return json(cli.run("-o", "json", "migrate", "status")).get("changes").size();
    }

    private int changesSince(String id) {
        List<String> lines = cli.run("migrate", "status").out().lines().toList();
        return lines.size()
                - lines.indexOf(lines.stream()
                        .filter(line -> line.startsWith(id))
                        .findFirst()
                        .orElseThrow());
    }

    private void rollBackAll() throws Exception {
        cli.run("migrate", "rollback", Integer.toString(changes()), "--yes", "--drop-data");
    }

    @Test
    void withNothingToTakeBackItSaysSo() throws Exception {
        rollBackAll();

        assertThat(cli.run("migrate", "rollback", "1", "--yes").exitCode()).isEqualTo(3);
    }

    @Test
    void otherCommandsSayWhatToDoAboutASchemaThatIsBehind() throws Exception {
        rollBackAll();

        assertThat(cli.run("user", "list").err()).contains("run: idem-admin migrate");
        assertThat(cli.run("list").err()).contains("run: idem-admin migrate");
    }

    @Test
    void aDatabaseThatIsNotThereIsReportedInASentence() {
        Run run = stores.cliWithoutDatabase(directory).run("migrate");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("is unavailable").doesNotContain("\tat ");
    }

    @Test
    void anApplicationWithTheBundleGetsTheIdempotencyTablesAlone() throws Exception {
        rollBackAll();

        Run run = cli.run("migrate", "--tables", "idempotency");

        assertThat(run.out()).contains("Applied: 001-idempotency-records").doesNotContain("users", "shares");
        assertThat(json(cli.run("-o", "json", "migrate", "status", "--tables", "idempotency"))
                        .get("pending")
                        .asInt())
                .isZero();
        assertThat(cli.run("migrate", "sql", "--tables", "idempotency").out()).contains("up to date");
        assertThat(cli.run("doctor").out()).containsPattern("ok +postgresql +schema +idempotency tables up to date");
        assertThat(cli.run("migrate", "rollback", "1", "--tables", "idempotency", "--yes")
                        .out())
                .contains("Rolled back: " + LAST_CHANGE + ".");
    }

    @Test
    void theServicesTablesAreIdempotencyAccountsAndShares() throws Exception {
        assertThat(json(cli.run("-o", "json", "migrate", "status")).get("changes"))
                .extracting(change -> change.get("id").asText())
                .contains("001-idempotency-records", "002-users", "003-shares", "005-share-events");
    }
}
