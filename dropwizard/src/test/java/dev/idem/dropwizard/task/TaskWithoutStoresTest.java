package dev.idem.dropwizard.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.operations.Authority;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.postgres.ExpiredRecordSweeper;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.postgres.rollout.RolloutTable;
import dev.idem.redis.RedisRecords;
import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A program that calls a task sees by the status that a store is away: a task that throws is answered with 500. */
final class TaskWithoutStoresTest {
    private final Jdbi jdbi = Jdbi.create("jdbc:postgresql://127.0.0.1:1/idem?user=nobody");
    private final StringWriter output = new StringWriter();
    private final RecordStores stores = new RecordStores(
            new RedisRecords(
                    () -> {
                        throw new StoreUnavailableException(
                                "redis", UnavailableReason.REFUSED, "Connection refused", "", null);
                    },
                    "t:"),
            new PostgresRecords(jdbi),
            () -> Authority.of("redis"),
            PostgresFailures::forOperator);

    @Test
    void gcFails() {
        assertThatThrownBy(() -> run(new GcTask(new ExpiredRecordSweeper(jdbi, 10)), Map.of()))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageStartingWith("postgresql is unavailable (");
    }

    @Test
    void clearStaleFailsAndClaimsNothing() {
        assertThatThrownBy(() -> run(new ClearStaleTask(stores, new AuditEventTable(jdbi), "node"), Map.of()))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("redis is unavailable (")
                .hasMessageContaining("postgresql is unavailable (");
        assertThat(output.toString()).isEmpty();
    }

    @Test
    void aChangeOfTheRolloutFails() {
        RolloutTable table = new RolloutTable(jdbi);
        LiveRollout live = new LiveRollout(RolloutSettings.EVERYONE, true, table);
        RolloutTask task = new RolloutTask(live, table, new AuditEventTable(jdbi), "node");

        assertThatThrownBy(() -> run(task, Map.of("percent", List.of("10"))))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageStartingWith("postgresql is unavailable (");
    }

    @Test
    void aParameterThatDoesNotExistFailsToo() {
        assertThatThrownBy(() -> run(new GcTask(new ExpiredRecordSweeper(jdbi, 10)), Map.of("x", List.of("1"))))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageStartingWith("nothing was done");
    }

    private void run(Task task, Map<String, List<String>> parameters) throws Exception {
        PrintWriter writer = new PrintWriter(output, true);
        task.execute(parameters, writer);
    }
}
