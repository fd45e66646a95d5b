package dev.idem.postgres.turn;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.background.PeriodicTask;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turn of the node that refills Redis: a lease in the trust row, which the node renews while it works. It depends on no
 * session, and ends by PostgreSQL's clock soon after its node has died. Two nodes that refill at the same time do no harm: the
 * row and the markers refuse the earlier one. They would only keep each other from finishing. Thread-safe.
 */
public final class RefillTurn {
    private static final Logger log = LoggerFactory.getLogger(RefillTurn.class);
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration BETWEEN_RENEWALS = Duration.ofMillis(500);

    private final Jdbi jdbi;
    private final String store;
    private final String take;
    private final String renew;
    private final String end;

    /** @param store its name in failures */
    public RefillTurn(Jdbi jdbi, String store) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.store = store;
        this.take = statements.load("trust_take_turn");
        this.renew = statements.load("trust_renew_turn");
        this.end = statements.load("trust_end_turn");
    }

    /**
     * Runs a task unless another node has the turn.
     *
     * @return whether it ran
     * @throws StoreUnavailableException if PostgreSQL is unavailable before the task begins
     */
    public boolean run(Runnable task) {
        UUID owner = UUID.randomUUID();
        if (!lease(take, owner)) {
            return false;
        }
        ScheduledExecutorService renewals =
                Executors.newSingleThreadScheduledExecutor(round -> DaemonThreads.of("refill turn", round));
        try {
            new PeriodicTask(renewals)
                    .repeat("the turn to refill", BETWEEN_RENEWALS, BETWEEN_RENEWALS, () -> keep(owner));
            task.run();
        } finally {
            renewals.shutdownNow();
            end(owner);
        }
        return true;
    }

    private boolean lease(String statement, UUID owner) {
        return PostgresFailures.translate(
                        store,
                        () -> jdbi.withHandle(handle -> handle.createUpdate(statement)
                                .bind("owner", owner)
                                .bind("leaseMs", LEASE.toMillis())
                                .execute()))
                > 0;
    }

    private void keep(UUID owner) {
        try {
            if (!lease(renew, owner)) {
                log.debug("another node has the turn to refill");
            }
        } catch (StoreUnavailableException e) {
            log.debug("the turn to refill ends unless a later renewal succeeds: {}", e.getMessage());
        }
    }

    private void end(UUID owner) {
        try {
            int unused = PostgresFailures.translate(
                    store,
                    () -> jdbi.withHandle(handle ->
                            handle.createUpdate(end).bind("owner", owner).execute()));
        } catch (StoreUnavailableException e) {
            log.debug("the turn to refill ends by itself: {}", e.getMessage());
        }
    }
}
