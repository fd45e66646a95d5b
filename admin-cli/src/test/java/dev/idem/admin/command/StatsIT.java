package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatsIT extends CommandIT {

    @Test
    void bothStoresAreCountedSideBySide() {
        stores.dead(stores.redis, "user:1", "key-1");
        stores.completed(stores.redis, "user:1", "key-2");
        stores.completed(stores.postgres, "user:1", "key-2");

        Run run = cli.run("stats");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("STORE +redis +postgresql")
                .containsPattern("counted +exactly +exactly")
                .containsPattern("records +2 +1")
                .containsPattern("of these stale +1 +0")
                .containsPattern("room +0\\.0 MiB");
    }

    @Test
    void theJsonHasAStableShape() throws Exception {
        stores.withoutKey(stores.redis, "user:1", Duration.ofMillis(100));

        JsonNode result = json(cli.run("-o", "json", "stats"));

        assertThat(result.fieldNames()).toIterable().containsExactly("stores", "unavailable", "partial");
        JsonNode redis = result.at("/stores/0");
        assertThat(redis.at("/store").asText()).isEqualTo("redis");
        assertThat(redis.at("/statistics").fieldNames())
                .toIterable()
                .containsExactly(
                        "processing",
                        "completed",
                        "with_key",
                        "without_key",
                        "ages",
                        "stale",
                        "expired",
                        "bytes",
                        "whole",
                        "estimate");
        assertThat(redis.at("/statistics/without_key").asInt()).isEqualTo(1);
        assertThat(redis.at("/statistics/ages/under_minute").asInt()).isEqualTo(1);
    }

    @Test
    void onRequestEveryRecordIsCounted() throws Exception {
        stores.completed(stores.redis, "user:1", "key-1");

        JsonNode result = json(cli.run("-o", "json", "stats", "--exact"));

        assertThat(result.at("/stores/0/statistics/completed").asInt()).isEqualTo(1);
        assertThat(result.at("/stores/0/statistics/estimate").asBoolean()).isFalse();
    }

    @Test
    void whatCouldNotBeCountedInTimeIsSaid() {
        stores.completed(stores.redis, "user:1", "key-1");

        assertThat(cli.run("stats", "--within", "0ms").err()).contains("redis has more", "--within");
    }

    @Test
    void withoutPostgresRedisIsCounted() {
        Run run = stores.cliWithoutDatabase(directory).run("stats");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("redis");
        assertThat(run.err()).contains("postgresql (").contains("is unavailable");
    }
}
