package dev.idem.postgres;

import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import dev.idem.postgres.turn.RefillTurn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The only row of the table {@code idempotency_trust}: it says which store is the authoritative one. Thread-safe. */
public final class PostgresTrustRow implements TrustRow {
    private final Jdbi jdbi;
    private final Jdbi heartbeats;
    private final String node;
    private final String read;
    private final String revoke;
    private final String block;
    private final RefillTurn turn;
    private final String holdDecisions;
    private final String begin;
    private final String nextInterval;
    private final String handOver;

    /** @param node this process's name, which operators see */
    public PostgresTrustRow(Jdbi jdbi, String node) {
        this(jdbi, jdbi, node);
    }

    /**
     * @param heartbeats a pool of its own for what nodes rely on to happen in time: reads and reports, and the lease of a turn. What
     *     waits for requests and copies records stays with the other pool.
     * @param node this process's name, which operators see
     */
    public PostgresTrustRow(Jdbi jdbi, Jdbi heartbeats, String node) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.heartbeats = heartbeats;
        this.node = node;
        this.read = statements.load("trust_read");
        this.revoke = statements.load("trust_revoke");
        this.block = statements.load("trust_block");
        this.turn = new RefillTurn(heartbeats, PostgresStore.NAME);
        this.holdDecisions = statements.load("trust_hold_decisions");
        this.begin = statements.load("trust_begin");
        this.nextInterval = statements.load("trust_next_pass");
        this.handOver = statements.load("trust_hand_over");
    }

    @Override
    public String name() {
        return PostgresStore.NAME;
    }

    @Override
    public State read() {
        return PostgresFailures.translate(PostgresStore.NAME, () -> heartbeats.withHandle(this::read));
    }

    @Override
    public boolean revoke(Generation generation, Duration holdOff) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> heartbeats.withHandle(handle -> handle.createUpdate(revoke)
                                .bind("generation", generation.id())
                                .bind("node", node)
                                .bind("holdOffMs", holdOff.toMillis())
                                .execute())
                        > 0);
    }

    @Override
    public void block(Duration time) {
        PostgresFailures.translate(
                PostgresStore.NAME,
                () -> heartbeats.withHandle(handle ->
                        handle.createUpdate(block).bind("ms", time.toMillis()).execute()));
    }

    @Override
    public boolean inTurn(Runnable task) {
        return turn.run(task);
    }

    @Override
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

    @Override
    public long nextInterval(Generation refill) {
        return whileDecisionsAreHeld(handle -> {
            requireOne(
                    handle.createUpdate(nextInterval)
                            .bind("generation", refill.id())
                            .execute(),
                    refill);
            return read(handle).interval();
        });
    }

    @Override
    public void handOver(Generation refill, LongConsumer last) {
        whileDecisionsAreHeld(handle -> {
            State state = read(handle);
            if (state.trusted() || !state.generation().equals(refill)) {
                throw anotherRefill(refill);
            }
            last.accept(state.interval());
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
        return PostgresFailures.translateOnce(
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
        return handle.createQuery(read).map(this::state).one();
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

    private State state(ResultSet row, StatementContext context) throws SQLException {
        return new State(
                new Generation(row.getObject("generation", UUID.class)),
                row.getBoolean("trusted"),
                row.getLong("pass"),
                row.getLong("settled_pass"),
                row.getBoolean("blocked"));
    }
}
