package dev.idem.dropwizard.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck.Result;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.rollout.RolloutTable;
import dev.idem.postgres.schema.Schema;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(ServersExtension.class)
final class RolloutHealthIT {

    @Test
    void settingsThatCannotBeReadDegradeTheNodeUntilTheyAreReplaced(TestDatabase server) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(server.jdbcUrl());
        new Schema(database).update();
        Jdbi jdbi = Jdbi.create(database);
        LiveRollout live = new LiveRollout(RolloutSettings.EVERYONE, true, new RolloutTable(jdbi));
        RolloutHealthCheck check = new RolloutHealthCheck(live);

        jdbi.useHandle(handle ->
                handle.execute("UPDATE idempotency_rollout SET settings = '{\"platforms\": [\"ios\", null]}'"));
        live.refresh();
        Result damaged = check.execute();
        assertThat(damaged.isHealthy()).isFalse();
        assertThat(Degraded.is(damaged)).isTrue();
        assertThat(damaged.getMessage()).contains("cannot be read: platforms must be", "idem-admin rollout reset");

        jdbi.useHandle(handle -> handle.execute("UPDATE idempotency_rollout SET settings = NULL"));
        live.refresh();
        assertThat(check.execute().isHealthy()).isTrue();
    }
}
