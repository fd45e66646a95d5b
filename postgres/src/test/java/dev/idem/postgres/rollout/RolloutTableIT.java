package dev.idem.postgres.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.Percentage;
import dev.idem.core.rollout.RolloutChange;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.RolloutStore;
import dev.idem.core.rollout.RouteOverride;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.schema.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class RolloutTableIT {
    private static final RolloutSettings ONE_PERCENT = RolloutSettings.EVERYONE.with(
            new RouteOverride(Optional.empty(), Optional.of(new Percentage(100)), Optional.empty(), Optional.empty()));

    private PGSimpleDataSource database;
    private RolloutStore store;

    @BeforeEach
    void connect(TestDatabase server) {
        database = Tables.in(server);
        store = new RolloutTable(Jdbi.create(database));
    }

    private static RolloutChange change(long expected, RolloutSettings settings) {
        return new RolloutChange(expected, Optional.of(settings), "ann", "'; DROP TABLE users; --\u001b[31m");
    }

    @Test
    void atFirstNothingIsStored() {
        assertThat(store.get().version()).isZero();
        assertThat(store.get().settings()).isEmpty();
    }

    @Test
    void whatIsPutIsFoundWithWhoAndWhy() {
        assertThat(store.put(change(0, ONE_PERCENT))).contains(store.get());

        assertThat(store.get().settings()).contains(ONE_PERCENT);
        assertThat(store.get().version()).isEqualTo(1);
        assertThat(store.get().changedBy()).isEqualTo("ann");
        assertThat(store.get().reason()).startsWith("'; DROP TABLE");
    }

    @Test
    void whoHasSeenAnOlderVersionChangesNothing() {
        store.put(change(0, ONE_PERCENT));

        assertThat(store.put(change(0, RolloutSettings.EVERYONE))).isEmpty();
        assertThat(store.get().settings()).contains(ONE_PERCENT);
    }

    @Test
    void aResetIsAVersionOfItsOwn() {
        store.put(change(0, ONE_PERCENT));
        store.put(new RolloutChange(1, Optional.empty(), "ann", ""));

        assertThat(store.get().settings()).isEmpty();
        assertThat(store.get().version()).isEqualTo(2);
    }

    @Test
    void ofManyWhoChangeTheSameVersionOneDoes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                writers.add(() -> store.put(change(0, ONE_PERCENT)).isPresent());
            }
            int changed = 0;
            for (Future<Boolean> writer : threads.invokeAll(writers)) {
                changed += writer.get() ? 1 : 0;
            }

            assertThat(changed).isEqualTo(1);
            assertThat(store.get().version()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aDatabaseThatIsAwaySaysSo() {
        database.setUrl("jdbc:postgresql://127.0.0.1:1/nothing");

        assertThatThrownBy(store::get).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aNodeFollowsWhatIsStoredAndGoesBackToItsConfigurationAfterAReset() {
        LiveRollout live = new LiveRollout(RolloutSettings.EVERYONE, true, store);
        store.put(change(0, ONE_PERCENT));
        live.refresh();
        assertThat(live.settings()).isEqualTo(ONE_PERCENT);

        store.put(new RolloutChange(1, Optional.empty(), "ann", ""));
        live.refresh();
        assertThat(live.settings()).isEqualTo(RolloutSettings.EVERYONE);
    }

    @Test
    void aNodeThatLosesTheDatabaseKeepsWhatItKnew() {
        LiveRollout live = new LiveRollout(RolloutSettings.EVERYONE, true, store);
        store.put(change(0, ONE_PERCENT));
        live.refresh();
        database.setUrl("jdbc:postgresql://127.0.0.1:1/nothing");
        live.refresh();

        assertThat(live.settings()).isEqualTo(ONE_PERCENT);
    }

    @Test
    void aNodeWhoseConfigurationForbidsTheLayerStaysOff() {
        LiveRollout live = new LiveRollout(RolloutSettings.EVERYONE, false, store);
        store.put(change(0, ONE_PERCENT));
        live.refresh();

        assertThat(live.rule("POST /orders").enabled()).isFalse();
    }

    /** A person may have changed them in the table. */
    @Test
    void settingsThatCannotBeReadLeaveTheRolloutAsItWasAndCanBeWrittenAnew() {
        assertThat(store.put(change(0, ONE_PERCENT))).isPresent();
        LiveRollout live = new LiveRollout(RolloutSettings.EVERYONE, true, store);
        live.refresh();
        for (String written : List.of(
                "{\"percent\": 200}",
                "{\"percent\": \"all\"}",
                "[]",
                "\"on\"",
                "null",
                "{\"platforms\": [\"ios\", null]}",
                "{\"routes\": {\"POST /x\": {\"platforms\": [null]}}}",
                "{\"routes\": {\"POST /x\": null}}")) {
            Jdbi.create(database)
                    .useHandle(handle -> handle.execute(
                            "UPDATE idempotency_rollout SET settings = CAST(? AS jsonb), version = version + 1",
                            written));

            live.refresh();

            assertThat(live.settings()).as(written).isEqualTo(ONE_PERCENT);
            assertThat(live.stored().orElseThrow().unreadable().orElseThrow())
                    .startsWith("The settings in the table idempotency_rollout cannot be read: ")
                    .endsWith("idem-admin rollout reset.")
                    .doesNotContain("Exception", "java.", "enum");
        }
        assertThat(store.put(change(store.get().version(), RolloutSettings.EVERYONE)))
                .isPresent();
        live.refresh();
        assertThat(live.settings()).isEqualTo(RolloutSettings.EVERYONE);
    }

    /** As after a hand edit, or after the database was restored. */
    @ParameterizedTest
    @ValueSource(longs = {50, 100, -7})
    void aNodeFollowsWhatIsStoredAlsoIfItsVersionIsNotNewer(long version) {
        Jdbi.create(database).useHandle(handle -> handle.execute("UPDATE idempotency_rollout SET version = 100"));
        LiveRollout live = new LiveRollout(RolloutSettings.EVERYONE, true, store);
        live.refresh();
        Jdbi.create(database)
                .useHandle(handle -> handle.execute(
                        "UPDATE idempotency_rollout SET settings = '{\"enabled\": false}', version = ?", version));

        live.refresh();
        assertThat(live.stored()).contains(store.get());
        assertThat(live.settings().all().enabled()).isFalse();

        store.put(change(version, ONE_PERCENT));
        live.refresh();
        assertThat(live.settings()).isEqualTo(ONE_PERCENT);
    }

    @Test
    void aRowThatSomebodyHasDeletedIsNamedWithItsRemedy() {
        assertThat(store.put(change(0, ONE_PERCENT))).isPresent();
        LiveRollout live = new LiveRollout(RolloutSettings.EVERYONE, true, store);
        live.refresh();
        Jdbi.create(database).useHandle(handle -> handle.execute("DELETE FROM idempotency_rollout"));

        live.refresh();
        assertThat(live.settings()).isEqualTo(ONE_PERCENT);
        StoreUnavailableException gone = catchThrowableOfType(StoreUnavailableException.class, store::get);
        assertThat(gone).hasMessageContaining("has lost its row");

        Jdbi.create(database).useHandle(handle -> handle.execute(gone.advice().replaceFirst("^Insert it: ", "")));
        live.refresh();
        assertThat(live.settings()).isEqualTo(RolloutSettings.EVERYONE);
    }
}
