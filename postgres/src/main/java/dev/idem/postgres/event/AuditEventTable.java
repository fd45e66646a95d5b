package dev.idem.postgres.event;

import dev.idem.core.event.AuditEvent;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.AuditType;
import dev.idem.core.event.EventFilter;
import dev.idem.core.event.StoredEvent;
import dev.idem.core.record.Scope;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.ColumnArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Audit events in the table {@code idempotency_events}, which has a partition for each day. Thread-safe. */
public final class AuditEventTable implements AuditEventStore {
    private static final String FOLDER = "dev/idem/postgres/event/";
    /** One for the process: each locator reads anew what it is asked for, and a file does not change. */
    private static final ClasspathSqlLocator FILES = ClasspathSqlLocator.removingComments();

    private static final int FETCHED_AT_ONCE = 1_000;

    private final Jdbi jdbi;

    public AuditEventTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void write(List<Aged> events) {
        int unusedCount = PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> handle.createUpdate(sql("insert"))
                        .bind(
                                "ages",
                                ColumnArray.of(
                                        "int8",
                                        events,
                                        Long[]::new,
                                        aged -> aged.age().toNanos() / 1_000))
                        .bind("types", texts(events, event -> event.type().label()))
                        .bind("scopes", texts(events, event -> event.scope()
                                .map(Scope::value)
                                .orElse(null)))
                        .bind("keys", texts(events, event -> event.key().orElse(null)))
                        .bind("routes", texts(events, event -> orNull(event.route())))
                        .bind("layers", texts(events, event -> orNull(event.layer())))
                        .bind("nodes", texts(events, AuditEvent::node))
                        .bind("fencings", ColumnArray.of("int8", events, Long[]::new, aged -> aged.event()
                                .fencing()
                                .orElse(null)))
                        .bind("actors", texts(events, event -> event.actor().orElse(null)))
                        .bind("reasons", texts(events, event -> event.reason().orElse(null)))
                        .bind("details", texts(events, event -> orNull(event.detail())))
                        .execute()));
    }

    @Override
    public List<StoredEvent> newest(EventFilter filter, @Nullable Long before, int limit) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> bind(handle.createQuery(sql("newest")), filter)
                        .bind("before", before)
                        .bind("limit", limit)
                        .map(AuditEventTable::read)
                        .list()));
    }

    @Override
    public void forEach(EventFilter filter, Consumer<StoredEvent> consumer) {
        PostgresFailures.translateOnce(PostgresStore.NAME, () -> {
            jdbi.useTransaction(handle -> bind(handle.createQuery(sql("oldest")), filter)
                    .setFetchSize(FETCHED_AT_ONCE) // the driver uses it only in a transaction
                    .map(AuditEventTable::read)
                    .forEach(consumer));
            return filter;
        });
    }

    @Override
    public List<StoredEvent> after(EventFilter filter, long id, int limit) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> bind(handle.createQuery(sql("after")), filter)
                        .bind("after", id)
                        .bind("limit", limit)
                        .map(AuditEventTable::read)
                        .list()));
    }

    @Override
    public Instant now() {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> handle.createQuery(sql("now"))
                        .mapTo(OffsetDateTime.class)
                        .one()
                        .toInstant()));
    }

    @Override
    public int keepPartitions(int daysAhead, Duration kept) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> handle.createQuery(sql("keep"))
                        .bind("daysAhead", daysAhead)
                        .bind("keptSeconds", kept.toSeconds())
                        .mapTo(Integer.class)
                        .one()));
    }

    private static Query bind(Query query, EventFilter filter) {
        return query.bind("from", time(filter.from()))
                .bind("to", time(filter.to()))
                .bind("scope", filter.scope().map(Scope::value).orElse(null))
                .bind("key", filter.key().orElse(null))
                .bind("types", ColumnArray.of("text", List.copyOf(filter.types()), String[]::new, AuditType::label));
    }

    private static @Nullable OffsetDateTime time(Optional<Instant> moment) {
        return moment.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    private static StoredEvent read(ResultSet row, StatementContext unusedContext) throws SQLException {
        long fencing = row.getLong("fencing");
        Optional<Long> fenced = row.wasNull() ? Optional.empty() : Optional.of(fencing);
        return new StoredEvent(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("scope")),
                new AuditEvent(
                        AuditType.of(row.getString("type")).orElse(AuditType.OTHER),
                        scope(row.getString("scope")),
                        Optional.ofNullable(row.getString("key")),
                        orEmpty(row.getString("route")),
                        orEmpty(row.getString("layer")),
                        row.getString("node"),
                        fenced,
                        Optional.ofNullable(row.getString("actor")),
                        Optional.ofNullable(row.getString("reason")),
                        orEmpty(row.getString("detail"))));
    }

    /** Another program may have written one that is none: the event is shown all the same. */
    private static Optional<Scope> scope(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Scope::new);
        } catch (IllegalArgumentException noScope) {
            return Optional.empty();
        }
    }

    private static Argument texts(List<Aged> events, Function<AuditEvent, @Nullable String> column) {
        return ColumnArray.of("text", events, String[]::new, aged -> column.apply(aged.event()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private String sql(String name) {
        return FILES.locate(FOLDER + name);
    }
}
