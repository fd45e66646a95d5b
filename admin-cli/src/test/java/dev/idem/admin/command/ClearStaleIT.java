package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.operations.Authority;
import dev.idem.core.operations.FoundRecords;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.StaleRecords;
import dev.idem.core.record.Lease;
import dev.idem.core.record.view.RecordView;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.connect.PostgresFailures;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClearStaleIT extends CommandIT {
    @SuppressWarnings("NullAway.Init") // JUnit calls the method that sets it
    private Lease dead;

    @BeforeEach
    void fill() {
        dead = stores.dead(stores.redis, "user:1", "dead");
        stores.dead(stores.postgres, "user:1", "dead");
        stores.running(stores.redis, "user:1", "running");
        stores.completed(stores.postgres, "user:1", "done");
    }

    @Test
    void deadOwnersLoseTheirKeysInBothStoresAndNobodyElseDoes() {
        Run run = cli.run("clear-stale", "--yes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("redis +user:1 +dead").contains("Cleared: 1.");
        assertThat(cli.run("list").out()).contains("running", "done").doesNotContain("dead");
    }

    @Test
    void aDryRunChangesNothing() {
        Run run = cli.run("clear-stale", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("redis +user:1 +dead").contains("Would clear: 1.");
        assertThat(stores.redisRecords.find(dead.id())).isPresent();
    }

    @Test
    void atATerminalConsentIsAskedFor() {
        Run refused = cli.typing(() -> "n").run("clear-stale");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("Clear 1? [y/N]");
        assertThat(refused.out()).contains("Nothing was cleared.");
        assertThat(stores.redisRecords.find(dead.id())).isPresent();

        assertThat(cli.typing(() -> "y").run("clear-stale").out()).contains("Cleared: 1.");
        assertThat(stores.redisRecords.find(dead.id())).isEmpty();
    }

    @Test
    void withoutTerminalAndConsentNothingHappens() {
        Run run = cli.run("clear-stale");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no terminal").contains("--yes");
        assertThat(stores.redisRecords.find(dead.id())).isPresent();
    }

    @Test
    void olderThanNarrowsAndNeverTouchesALiveOwner() {
        Run longer = cli.run("clear-stale", "--older-than", "1h", "--yes");
        Run shorter = cli.run("clear-stale", "--older-than", "0s", "--dry-run");

        assertThat(longer.exitCode()).isZero();
        assertThat(longer.out()).contains("Nothing is stale.");
        assertThat(shorter.out()).contains("dead").doesNotContain("running");
        assertThat(shorter.err()).isEmpty();
    }

    @Test
    void theJsonSaysWhatBecameOfEach() throws Exception {
        JsonNode result = json(cli.run("-o", "json", "clear-stale", "--yes"));

        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly("dry_run", "cleared", "records", "more", "unavailable", "unreadable", "partial");
        assertThat(result.at("/dry_run").asBoolean()).isFalse();
        assertThat(result.at("/cleared").asInt()).isEqualTo(1);
        assertThat(result.findValuesAsText("outcome")).containsExactly("cleared", "cleared");
        assertThat(result.at("/records/0/record/key").asText()).isEqualTo("dead");
        assertThat(json(cli.run("-o", "json", "clear-stale", "--yes"))
                        .at("/cleared")
                        .asInt())
                .isZero();
    }

    @Test
    void aStoreThatCannotBeAskedMakesItAFailureThoughTheOtherIsCleared() {
        Run run = stores.cliWithoutDatabase(directory).run("clear-stale", "--yes");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Cleared: 1.");
        assertThat(run.err()).contains("postgresql (").contains("is unavailable");
    }

    @Test
    void whoAsksOftenNeedNotReadAllOfRedisWhilePostgresIsAway() {
        RecordStores half = new RecordStores(
                stores.redisRecords,
                new PostgresRecords(Jdbi.create("jdbc:postgresql://127.0.0.1:1/idem")),
                () -> Authority.UNKNOWN,
                PostgresFailures::forOperator);
        StaleRecords stale = new StaleRecords(half, ActionLog.NONE);

        FoundRecords unread = stale.find(Optional.empty(), 10, false).view();
        FoundRecords read = stale.find(Optional.empty(), 10).view();

        assertThat(unread.records()).isEmpty();
        assertThat(unread.partial()).isTrue();
        assertThat(read.records()).extracting(RecordView::key).containsExactly("dead");
        assertThat(read.partial()).isTrue();
    }

    @Test
    void aRecordWhoseOwnerFinishesWhileTheOperatorThinksIsKept() {
        Run run = cli.typing(() -> {
                    stores.redis.complete(dead, Fixture.ANSWER);
                    return "y";
                })
                .run("clear-stale");

        assertThat(run.out()).contains("Cleared: 1. Changed in the meantime, and therefore kept: 1.");
        assertThat(stores.redisRecords.find(dead.id())).isPresent();
    }
}
