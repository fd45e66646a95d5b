package dev.idem.postgres;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.silence.AnsweringTime;
import dev.idem.postgres.statement.RecordRow;
import dev.idem.postgres.statement.Statements;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Records in PostgreSQL. Each step is one statement in its own transaction. A store decides either always, or only while
 * PostgreSQL is the authoritative store. Each statement reads this from the table {@code idempotency_trust} in the step in which
 * it decides. Thread-safe.
 */
public final class PostgresStore implements IdempotencyStore {
    /** This store's {@link #name()}. */
    public static final String NAME = "postgresql";

    /** Each further round needs another record that appears and disappears between snapshot and insert. */
    private static final int MAX_ROUNDS = 50;

    private final Jdbi jdbi;
    private final Jdbi whenBusy;
    private final Jdbi heartbeats;
    private final AnsweringTime answering;
    private final boolean whileAuthoritative;
    private final String claim;
    private final String readable;
    private final String renew;
    private final String complete;
    private final String abandon;

    /**
     * @param whenBusy for the end of a lease while the first pool has no connection free
     * @param heartbeats for the renewal of leases
     * @param answering since when PostgreSQL takes writes, which a take-over needs
     */
    PostgresStore(Jdbi jdbi, Jdbi whenBusy, Jdbi heartbeats, AnsweringTime answering, boolean whileAuthoritative) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.whenBusy = whenBusy;
        this.heartbeats = heartbeats;
        this.answering = answering;
        this.whileAuthoritative = whileAuthoritative;
        this.claim = statements.load("claim");
        this.readable = statements.load("readable");
        this.renew = statements.load("renew");
        this.complete = statements.load("complete");
        this.abandon = statements.load("abandon");
    }

    /** A store that always decides. */
    public static PostgresStore always(Jdbi jdbi) {
        return new PostgresStore(jdbi, jdbi, jdbi, new AnsweringTime(), false);
    }

    /** A store that decides while it is the authoritative store, and throws {@link NotAuthoritativeException} otherwise. */
    public static PostgresStore whileAuthoritative(Jdbi jdbi) {
        return new PostgresStore(jdbi, jdbi, jdbi, new AnsweringTime(), true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Claim claim(ClaimRequest request) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Claim> outcome = PostgresFailures.translate(NAME, () -> tryClaim(request));
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new StoreUnavailableException(
                NAME, "a record kept changing under " + MAX_ROUNDS + " attempts to claim it");
    }

    @Override
    public boolean renew(Lease lease) {
        return change(
                heartbeats,
                renew,
                lease,
                step -> step.bind("ttlMs", lease.request().ttl().toMillis()));
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        return end(complete, lease, step -> step.bind(
                        "ttlMs", lease.request().ttl().toMillis())
                .bind("answer", AnswerCodec.encode(answer)));
    }

    @Override
    public boolean abandon(Lease lease) {
        return end(abandon, lease, step -> step);
    }

    @Override
    public void ping() {
        PostgresFailures.translate(
                NAME,
                () -> jdbi.withHandle(handle ->
                        handle.createQuery("SELECT 1").mapTo(Integer.class).one()));
    }

    private Optional<Claim> tryClaim(ClaimRequest request) {
        Optional<AnsweringTime.Span> known = answering.span(request.lockTimeout());
        return jdbi.withHandle(handle -> handle.createQuery(claim)
                .define("readable", readable)
                .bind("whileAuthoritative", whileAuthoritative)
                .bind("scope", request.id().scope().value())
                .bind("key", request.id().key())
                .bind("fingerprint", request.fingerprint().bytes())
                .bind("owner", request.owner())
                .bind("node", request.origin().node())
                .bind("route", request.origin().route())
                .bind("consistency", RecordRow.consistency(request))
                .bind("lockTimeoutMs", request.lockTimeout().toMillis())
                .bind("ttlMs", request.ttl().toMillis())
                .bind("windowMs", request.windowLength().map(Duration::toMillis).orElse(null))
                .bind("waiting", request.isWaiting())
                .bind("answeringSince", known.map(span -> utc(span.since())).orElse(null))
                .bind("answeredAt", known.map(span -> utc(span.until())).orElse(null))
                .bind("gapMs", known.map(span -> span.gap().toMillis()).orElse(null))
                .map((row, context) -> claimOf(request, row))
                .findOne()
                .flatMap(outcome -> outcome));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Claim> claimOf(ClaimRequest request, ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "acquired" ->
                Optional.of(
                        new Claim.Acquired(new Lease(request, NAME, row.getLong("fencing"), row.getInt("attempt"))));
            case "replay" ->
                Optional.of(new Claim.Replay(
                        answer(request.id(), row),
                        row.getObject("completed_at", OffsetDateTime.class).toInstant(),
                        NAME,
                        Optional.of(Duration.ofMillis(row.getLong("remaining_ms")))));
            case "in_flight" ->
                Optional.of(new Claim.InFlight(
                        row.getObject("claimed_at", OffsetDateTime.class).toInstant(), NAME));
            case "unreadable" ->
                throw unreadable(
                        request.id(),
                        new IllegalArgumentException("its times, numbers or fingerprint are no record's"));
            case "key_reused" -> Optional.of(new Claim.KeyReused());
            case "again" -> Optional.empty();
            case "not_authoritative" -> throw redisDecides();
            default -> throw new IllegalStateException("claim.sql answered " + outcome);
        };
    }

    private static Answer answer(RecordId id, ResultSet row) throws SQLException {
        try {
            return AnswerCodec.decode(ByteBuffer.wrap(row.getBytes("answer")));
        } catch (IllegalArgumentException e) {
            throw unreadable(id, e);
        }
    }

    private static UnreadableRecordException unreadable(RecordId id, IllegalArgumentException why) {
        return new UnreadableRecordException(UnreadableRecord.of(NAME, id, why), why);
    }

    /** What ends a lease must arrive, also while requests occupy all connections of the usual pool. */
    private boolean end(String sql, Lease lease, UnaryOperator<Query> bindings) {
        try {
            return change(jdbi, sql, lease, bindings);
        } catch (StoreUnavailableException e) {
            if (!e.isBusy() || whenBusy == jdbi) {
                throw e;
            }
            return change(whenBusy, sql, lease, bindings);
        }
    }

    private boolean change(Jdbi connections, String sql, Lease lease, UnaryOperator<Query> bindings) {
        return PostgresFailures.translate(
                NAME,
                () -> connections.withHandle(handle -> bindings.apply(handle.createQuery(sql)
                                .bind("whileAuthoritative", whileAuthoritative)
                                .bind("scope", lease.id().scope().value())
                                .bind("key", lease.id().key())
                                .bind("owner", lease.owner()))
                        .map((row, context) -> changed(row))
                        .one()));
    }

    private static boolean changed(ResultSet row) throws SQLException {
        if (!row.getBoolean("authoritative")) {
            throw redisDecides();
        }
        return row.getBoolean("changed");
    }

    private static NotAuthoritativeException redisDecides() {
        return new NotAuthoritativeException(NAME, "Redis is the authoritative store");
    }
}
