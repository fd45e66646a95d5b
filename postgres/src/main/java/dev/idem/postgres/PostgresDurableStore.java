package dev.idem.postgres;

import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.store.DurableCopy;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.postgres.probe.PostgresProbe;
import dev.idem.postgres.silence.AnsweringTime;
import org.jdbi.v3.core.Jdbi;

/** PostgreSQL as the durable store. Thread-safe. */
public final class PostgresDurableStore implements DurableStore {
    private final Jdbi jdbi;
    private final Jdbi heartbeats;
    private final Steps steps;
    private final AnsweringTime answering = new AnsweringTime();
    private final PostgresJournalWriter journalWriter;
    private final PostgresInstallation installation;
    private final PostgresCopy copy;
    private final PostgresAnswerIndex answers;
    private final PostgresRecords records;
    private final PostgresDeletions deletions;
    private final PostgresProbe probe;

    /** @param jdbi a connection pool of a database whose schema is current; this class never closes it */
    public PostgresDurableStore(Jdbi jdbi) {
        this(jdbi, jdbi);
    }

    /**
     * @param heartbeats a pool of its own for what must come in time while requests occupy all connections of the other: the leases
     *     of running requests, the journal, and the watch over both stores
     */
    public PostgresDurableStore(Jdbi jdbi, Jdbi heartbeats) {
        this(jdbi, heartbeats, new Steps(jdbi, heartbeats));
    }

    /**
     * Connections for the steps of requests, which have no patience.
     *
     * @param usual for claims, answers and look-ups
     * @param whenBusy for what ends a lease while requests occupy all connections of the usual pool, and for the probe: a silent
     *     server must be found soon on a node that nobody asks anything
     */
    public record Steps(Jdbi usual, Jdbi whenBusy) {}

    /** As above, with connections of their own for the steps of requests. */
    public PostgresDurableStore(Jdbi jdbi, Jdbi heartbeats, Steps steps) {
        this.jdbi = jdbi;
        this.heartbeats = heartbeats;
        this.steps = steps;
        this.journalWriter = new PostgresJournalWriter(heartbeats);
        this.installation = new PostgresInstallation(heartbeats);
        this.copy = new PostgresCopy(jdbi);
        this.answers = new PostgresAnswerIndex(jdbi);
        this.records = new PostgresRecords(jdbi, steps.usual());
        this.deletions = new PostgresDeletions(heartbeats);
        this.probe = new PostgresProbe(PostgresStore.NAME, steps.whenBusy());
    }

    @Override
    public String name() {
        return PostgresStore.NAME;
    }

    @Override
    public IdempotencyStore steps() {
        return new PostgresStore(steps.usual(), steps.whenBusy(), heartbeats, answering, false);
    }

    @Override
    public IdempotencyStore stepsWhileAuthoritative() {
        return new PostgresStore(steps.usual(), steps.whenBusy(), heartbeats, answering, true);
    }

    @Override
    public JournalWriter journalWriter() {
        return journalWriter;
    }

    @Override
    public TrustRow trustRow(String node) {
        return new PostgresTrustRow(jdbi, heartbeats, node);
    }

    @Override
    public Installation installation() {
        return installation.get();
    }

    @Override
    public DurableCopy copy() {
        return copy;
    }

    @Override
    public AnswerIndex answers() {
        return answers;
    }

    @Override
    public RecordAdministration records() {
        return records;
    }

    @Override
    public long deletions() {
        return deletions.count();
    }

    @Override
    public void probe() {
        answering.asked();
        answering.answered(probe.run());
    }
}
