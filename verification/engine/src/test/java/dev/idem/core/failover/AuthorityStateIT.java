package dev.idem.core.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.postgres.schema.Tables;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes, one of which loses Redis: neither claims in PostgreSQL before both know. */
@ExtendWith(ServersExtension.class)
final class AuthorityStateIT {
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private final PostgresTrustRow table;
    private final Generation generation = Generation.next();
    private final AuthorityState one;
    private final AuthorityState other;

    AuthorityStateIT(TestDatabase database) {
        DataSource source = Tables.in(database);
        table = new PostgresTrustRow(Jdbi.create(source), "node");
        table.begin(generation);
        table.handOver(generation, interval -> {});
        one = new AuthorityState(table, FailoverListener.NONE);
        other = new AuthorityState(table, FailoverListener.NONE);
        one.look();
        other.look();
    }

    @Test
    void whoLosesRedisEndsTheTrustForAllAndWaits() {
        long begin = System.nanoTime();
        lose();

        one.awaitPropagation(() -> {});

        assertThat(table.read().trusted()).isFalse();
        assertThat(since(begin)).isGreaterThanOrEqualTo(NOTICE);
    }

    @Test
    void whoReadsThatTheTrustHasEndedWaitsToo() {
        lose();
        one.look();
        long begin = System.nanoTime();
        other.look();

        other.awaitPropagation(() -> {});

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
                .isThrownBy(() -> one.awaitPropagation(() -> {
                    throw new StoreUnavailableException("postgresql", "circuit breaker open");
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
