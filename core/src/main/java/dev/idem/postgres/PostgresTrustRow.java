package dev.idem.postgres;

import dev.idem.core.store.Generation;
import dev.idem.core.store.NotAuthoritativeException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The row that says which store decides, for all nodes. Thread-safe. Methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} when PostgreSQL does not answer.
 */
public final class PostgresTrustRow {
    private final Jdbi jdbi;
    private final String node;
    private final String read;
    private final String revoke;
    private final String block;
    private final String takeTurn;
    private final String endTurn;
    private final String holdDecisions;
    private final String begin;
    private final String nextPass;
    private final String handOver;

    /**
     * What the row says.
     *
     * @param generation trusted, last trusted, or being prepared
     * @param trusted whether Redis decides
     * @param pass what records are stamped with that PostgreSQL decides now
     * @param settledPass up to which a Redis that was trusted has been told of them
     * @param blocked whether a node has said lately that it cannot reach Redis
     */
    public record State(Generation generation, boolean trusted, long pass, long settledPass, boolean blocked) {}

    /** @param node this process's name, for operators */
    public PostgresTrustRow(Jdbi jdbi, String node) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.node = node;
        this.read = statements.load("trust_read");
        this.revoke = statements.load("trust_revoke");
        this.block = statements.load("trust_block");
        this.takeTurn = statements.load("trust_take_turn");
        this.endTurn = statements.load("trust_end_turn");
        this.holdDecisions = statements.load("trust_hold_decisions");
        this.begin = statements.load("trust_begin");
        this.nextPass = statements.load("trust_next_pass");
        this.handOver = statements.load("trust_hand_over");
    }

    public State read() {
        return PostgresFailures.translate(PostgresStore.NAME, () -> jdbi.withHandle(this::read));
    }

    /**
     * From its return on PostgreSQL decides, unless the generation was not the trusted one any more.
     *
     * @param holdOff before this time is over Redis is not trusted again
     * @return whether this call was the one that ended it
     */
    public boolean revoke(Generation generation, Duration holdOff) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> handle.createUpdate(revoke)
                                .bind("generation", generation.id())
                                .bind("node", node)
                                .bind("holdOffMs", holdOff.toMillis())
                                .execute())
                        > 0);
    }

    /** Redis is not trusted again before this time is over. */
    public void block(Duration time) {
        PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle ->
                        handle.createUpdate(block).bind("ms", time.toMillis()).execute()));
    }

    /**
     * Does something that one node does at a time, and nothing if another node is at it. The turn ends with the connection
     * at the latest, so that nobody's death leaves it taken.
     *
     * @return whether it was done
     */
    public boolean inTurn(Runnable task) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> {
                    if (!handle.createQuery(takeTurn).mapTo(Boolean.class).one()) {
                        return false;
                    }
                    try {
                        task.run();
                    } finally {
                        handle.createQuery(endTurn).mapTo(Boolean.class).one();
                    }
                    return true;
                }));
    }

    /**
     * Begins a refill: decisions made until now are committed, those from now on carry the new pass.
     *
     * @return the row as it was before
     * @throws NotAuthoritativeException if Redis is trusted meanwhile
     */
    public State begin(Generation next) {
        return whileDecisionsAreHeld(handle -> {
            State before = read(handle);
            requireOne(
                    handle.createUpdate(begin)
                            .bind("generation", next.id())
                            .bind("node", node)
                            .execute(),
                    next);
            return before;
        });
    }

    /**
     * Decisions made until now are committed and carry a pass below the one that is returned.
     *
     * @throws NotAuthoritativeException if another refill has begun since
     */
    public long nextPass(Generation refill) {
        return whileDecisionsAreHeld(handle -> {
            requireOne(
                    handle.createUpdate(nextPass)
                            .bind("generation", refill.id())
                            .execute(),
                    refill);
            return read(handle).pass();
        });
    }

    /**
     * Lets Redis decide, while nobody decides here.
     *
     * @param last is given the present pass; tells Redis the last decisions, and that it may decide
     * @throws NotAuthoritativeException if another refill has begun since
     */
    public void handOver(Generation refill, LongConsumer last) {
        whileDecisionsAreHeld(handle -> {
            State state = read(handle);
            if (state.trusted() || !state.generation().equals(refill)) {
                throw anotherRefill(refill);
            }
            last.accept(state.pass());
            requireOne(
                    handle.createUpdate(handOver)
                            .bind("generation", refill.id())
                            .bind("node", node)
                            .execute(),
                    refill);
            return state;
        });
    }

    private <T> T whileDecisionsAreHeld(Step<T> step) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.inTransaction(handle -> {
                    handle.execute(holdDecisions);
                    return step.apply(handle);
                }));
    }

    private interface Step<T> {
        T apply(Handle handle);
    }

    private State read(Handle handle) {
        return handle.createQuery(read).map(PostgresTrustRow::state).one();
    }

    private static void requireOne(int rows, Generation refill) {
        if (rows != 1) {
            throw anotherRefill(refill);
        }
    }

    private static NotAuthoritativeException anotherRefill(Generation refill) {
        return new NotAuthoritativeException(
                PostgresStore.NAME, "another refill than " + refill + " has begun, or ended");
    }

    private static State state(ResultSet row, StatementContext context) throws SQLException {
        return new State(
                new Generation(row.getObject("generation", UUID.class)),
                row.getBoolean("trusted"),
                row.getLong("pass"),
                row.getLong("settled_pass"),
                row.getBoolean("blocked"));
    }
}
