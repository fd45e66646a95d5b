package dev.idem.dropwizard;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** The ledger's database as an auditor sees it: committed lines and open transactions. */
final class Books {
    private final Jdbi jdbi;

    private Books(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    static Books open(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        Books books = new Books(Jdbi.create(source));
        books.jdbi.useHandle(handle -> handle.execute(Ledger.TABLE));
        return books;
    }

    int lines(String note) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM ledger WHERE note = :note")
                .bind("note", note)
                .mapTo(Integer.class)
                .one());
    }

    /** {@code processing} or {@code completed}; empty for none. */
    List<String> states(String key) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT state FROM idempotency_records WHERE key = :key")
                .bind("key", key)
                .mapTo(String.class)
                .list());
    }

    int openTransactions() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'""").mapTo(Integer.class).one());
    }

    /** Ends the sessions with open transactions, like an operator or a failover. */
    void endOpenTransactions() {
        jdbi.useHandle(handle -> handle.createQuery("""
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'""").mapTo(Boolean.class).list());
    }

    /** Every later commit of a line fails with this SQL state. */
    void refuseCommits(String state) {
        jdbi.useHandle(handle -> {
            handle.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                    + " $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '" + state + "'; END $$");
            handle.execute("CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON ledger DEFERRABLE INITIALLY DEFERRED"
                    + " FOR EACH ROW EXECUTE FUNCTION refuse()");
        });
    }

    /** Undoes {@link #refuseCommits}. */
    void acceptCommits() {
        jdbi.useHandle(handle -> handle.execute("DROP FUNCTION refuse CASCADE"));
    }

    /** Every session from now on has this isolation, unless it chooses another. */
    void isolate(String level) {
        jdbi.useHandle(handle -> {
            String database = handle.createQuery("SELECT current_database()")
                    .mapTo(String.class)
                    .one();
            handle.execute("ALTER DATABASE \"" + database + "\" SET default_transaction_isolation = '" + level + "'");
        });
    }

    /** Writes the record once more, as any other transaction might. */
    void touch(String key) {
        jdbi.useHandle(handle -> handle.execute("UPDATE idempotency_records SET route = route WHERE key = ?", key));
    }

    /** Whether the owner has been executing for longer than its lock timeout. */
    boolean isSlow(String key) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        SELECT claimed_at + lock_timeout_ms * interval '1 ms' < clock_timestamp()
                        FROM idempotency_records WHERE key = :key""").bind("key", key).mapTo(Boolean.class).one());
    }

    /** Takes over, like the successor of a silent owner. */
    void takeOver(String key) {
        jdbi.useHandle(handle -> handle.execute("""
                        UPDATE idempotency_records
                        SET owner = gen_random_uuid(), fencing = fencing + 1, attempt = attempt + 1
                        WHERE key = ? AND state = 'processing'""", key));
    }
}
