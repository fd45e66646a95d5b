package dev.idem.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reports on a change that is pending for as long as the migration runs. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the field
@Timeout(60)
class MigrationWatchIT {
    private DataSource database;

    @BeforeEach
    void open(TestDatabase place) {
        database = Tables.in(place);
    }

    @Test
    void aReportThatCannotBeShownDoesNotEndTheReports() {
        AtomicInteger reports = new AtomicInteger();
        MigrationWatch watch = watch(progress -> {
            reports.incrementAndGet();
            throw new IllegalStateException("the output is closed");
        });

        watch.during(() -> {
            await().until(() -> reports.get() > 1);
            return true;
        });
    }

    @Test
    void nothingIsShownAfterTheMigration() throws Exception {
        Thread migrating = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean shown = new AtomicBoolean();
        MigrationWatch watch = watch(progress -> {
            begun.countDown();
            while (migrating.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            shown.set(true);
        });

        watch.during(() -> {
            begun.await();
            return true;
        });

        assertThat(shown).as("the migration has waited for the report").isTrue();
    }

    private MigrationWatch watch(Consumer<MigrationProgress> listener) {
        return new MigrationWatch(
                new Schema(database, "dev/idem/postgres/schema/later-index.sql"),
                database,
                Duration.ofMillis(20),
                listener);
    }
}
