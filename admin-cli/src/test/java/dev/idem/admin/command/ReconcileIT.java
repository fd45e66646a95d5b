package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileIT extends CommandIT {

    @Test
    void storesThatAgreeAreSaidTo() {
        Run run = cli.run("reconcile", "--settle", "1ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("The stores agree.");
    }

    @Test
    void aDifferenceIsShownAndNothingChanged() {
        stores.completed(stores.redis, "user:1", "key-1");

        Run run = cli.run("reconcile", "--settle", "1ms");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("missing_in_postgresql", "user:1", "key-1", "Left: 1.", "--repair");
        assertThat(cli.run("reconcile", "--settle", "1ms").exitCode()).isEqualTo(1);
    }

    @Test
    void repairBringsEachStoreWhatOnlyTheOtherKnows() throws Exception {
        stores.completed(stores.redis, "user:1", "in redis");
        stores.completed(stores.postgres, "user:1", "in postgresql");

        Run run = cli.run("-o", "json", "reconcile", "--repair", "--yes", "--settle", "1ms");

        JsonNode result = json(run);
        assertThat(run.exitCode()).isZero();
        assertThat(result.at("/repaired/missing_in_postgresql").asInt()).isEqualTo(1);
        assertThat(result.at("/repaired/missing_in_redis").asInt()).isEqualTo(1);
        assertThat(result.at("/differences")).hasSize(2);
        assertThat(cli.run("reconcile", "--settle", "1ms").exitCode()).isZero();
    }

    @Test
    void aRunFromAPlaceSpeaksOfTheRestAlone() {
        Run run = cli.run("reconcile", "--settle", "1ms", "--from", "durable:");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("From durable: on, the stores agree.").doesNotContain("The stores agree.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast:-1", "durable:x", "elsewhere"})
    void aPlaceThatNoRunHasPrintedIsAMistakeOfTheCaller(String place) {
        Run run = cli.run("reconcile", "--from", place);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no place that a run has printed");
    }

    @Test
    void repairAsksFirst() {
        stores.completed(stores.redis, "user:1", "key-1");

        assertThat(cli.run("reconcile", "--repair").exitCode()).isEqualTo(2);
        assertThat(cli.typing(() -> "n").run("reconcile", "--repair").out()).contains("Nothing was compared.");
    }

    @Test
    void bothStoresAreNeeded() {
        Run run = stores.cliWithoutDatabase(directory).run("reconcile");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("postgresql (").contains("is unavailable");
    }
}
