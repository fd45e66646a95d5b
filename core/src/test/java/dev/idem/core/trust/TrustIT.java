package dev.idem.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.core.schema.Tables;
import dev.idem.core.store.Generation;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.postgres.PostgresTrust;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes, one of which loses Redis: neither asks PostgreSQL before both know. */
@ExtendWith(ServersExtension.class)
final class TrustIT {
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private final PostgresTrust table;
    private final Generation generation = Generation.next();
    private final Trust one;
    private final Trust other;

    TrustIT(TestDatabase database) {
        DataSource source = Tables.in(database);
        table = new PostgresTrust(Jdbi.create(source), "node");
        table.begin(generation);
        table.handOver(generation, pass -> {});
        one = new Trust(table, TrustListener.NONE);
        other = new Trust(table, TrustListener.NONE);
        one.look();
        other.look();
    }

    @Test
    void whoLosesRedisEndsTheTrustForAllAndWaits() {
        long begin = System.nanoTime();
        lose();

        one.awaitThatAllKnow(() -> {});

        assertThat(table.read().trusted()).isFalse();
        assertThat(since(begin)).isGreaterThanOrEqualTo(NOTICE);
    }

    @Test
    void whoReadsThatTheTrustHasEndedWaitsToo() {
        lose();
        one.look();
        long begin = System.nanoTime();
        other.look();

        other.awaitThatAllKnow(() -> {});

        assertThat(other.get()).isEmpty();
        assertThat(since(begin)).isGreaterThanOrEqualTo(NOTICE);
    }

    @Test
    void aLossIsKnownHereAtOnceAndToOthersWhenItIsRevoked() {
        lose();
        other.look();

        assertThat(one.get()).isEmpty();
        assertThat(other.get()).contains(generation);

        one.look();
        other.look();

        assertThat(other.get()).isEmpty();
    }

    @Test
    void aPostgresqlThatIsNotToBeAskedIsNot() {
        lose();

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> one.awaitThatAllKnow(() -> {
                    throw new StoreUnavailableException("postgresql", "left alone since it failed");
                }));
        assertThat(table.read().trusted()).isTrue();
    }

    private void lose() {
        one.lost(generation, new StoreUnavailableException("redis", "Read timed out"));
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
