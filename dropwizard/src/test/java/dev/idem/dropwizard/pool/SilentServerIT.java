package dev.idem.dropwizard.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.connect.StoreJdbi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A PostgreSQL that accepts connections and says nothing, with the bundle's pools and no timeout of the driver's. */
@Timeout(20)
final class SilentServerIT {
    private static final Duration BOUND = Duration.ofMillis(300);
    private static final int CONNECTIONS = 2;

    private final ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final DataSource pool = new DataSource(new PoolProperties());

    SilentServerIT() throws IOException {
        pool.setDriverClassName("org.postgresql.Driver");
        pool.setUrl("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/idem?user=idem");
        pool.setInitialSize(0);
        pool.setMinIdle(0);
        pool.setMaxActive(CONNECTIONS);
        pool.setMaxWait(100);
    }

    /** Its connections first: what still opens one holds the pool's lock. */
    @AfterEach
    void close() throws IOException {
        silent.close();
        pool.close(true);
    }

    @Test
    void aNodeThatNobodyAsksFindsIt() {
        Jdbi steps = StoreJdbi.on(QuickConnections.ofAll(pool, BOUND));
        Jdbi endless = StoreJdbi.on(pool);
        PostgresDurableStore store =
                new PostgresDurableStore(endless, endless, new PostgresDurableStore.Steps(steps, steps));

        for (int probes = 0; probes <= CONNECTIONS + 1; probes++) {
            assertSilent(store::probe);
        }
    }

    /** One part of the layer waits for the pool's places, and another one's connections are being opened there. */
    @Test
    void aPoolWhoseConnectionsAreBeingOpenedIsNotBusy() {
        Jdbi one = StoreJdbi.on(QuickConnections.ofAll(pool, BOUND));
        for (int opened = 0; opened < CONNECTIONS; opened++) {
            assertSilent(() -> one.useHandle(handle -> {}));
        }

        assertSilent(new PostgresDurableStore(StoreJdbi.on(pool))::probe);
        assertSilent(new PostgresDurableStore(StoreJdbi.on(QuickConnections.ofAll(pool, BOUND)))::probe);
    }

    private static void assertSilent(ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(StoreUnavailableException.class))
                .extracting(StoreUnavailableException::reason)
                .isEqualTo(UnavailableReason.TIMEOUT);
    }
}
