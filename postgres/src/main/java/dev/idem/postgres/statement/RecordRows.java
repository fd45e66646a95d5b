package dev.idem.postgres.statement;

import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;

/** Maps rows one by one, so that a row that is no record does not keep the others from their reader. Thread-safe. */
public final class RecordRows {
    private final String store;
    private final Consumer<UnreadableRecord> unreadable;

    /**
     * @param store the name of the store
     * @param unreadable receives what is left out
     */
    public RecordRows(String store, Consumer<UnreadableRecord> unreadable) {
        this.store = store;
        this.unreadable = unreadable;
    }

    /**
     * A row.
     *
     * @param place of the row in the lists' orders, by which the next page begins
     * @param record empty if the row cannot be read
     */
    public record Row<R>(ListPlace place, Optional<R> record) {}

    private interface Mapping<R> {
        R map(ResultSet row) throws SQLException;
    }

    /** For rows of {@code head.sql}. */
    public RowMapper<Row<RecordHead>> heads() {
        return (row, context) -> row(row, RecordRow::head);
    }

    /** For rows of {@code head.sql}, of a copy: as {@link #copies}. */
    public RowMapper<Row<RecordHead>> headsOfCopies() {
        return (row, context) -> row(row, this::headOfCopy);
    }

    /** For whole rows. What only lacks a readable answer or fingerprint is told, and passed on as a closed key. */
    public RowMapper<Row<StoredRecord>> copies() {
        return (row, context) -> row(row, this::copy);
    }

    /** For the row of a record that somebody asks for. Throws an {@link UnreadableRecordException}. */
    public RowMapper<StoredRecord> one() {
        return (row, context) -> {
            try {
                return RecordRow.read(row);
            } catch (RuntimeException e) {
                UnreadableRecord what = tell(row, e);
                throw new UnreadableRecordException(what, e);
            }
        };
    }

    /**
     * For rows of tombstones.
     *
     * @param before a moment before the query
     */
    public RowMapper<Row<Tombstone>> tombstones(MonotonicInstant before) {
        return (row, context) -> {
            ListPlace place = new ListPlace(0, row.getString("scope"), row.getString("key"));
            try {
                return new Row<>(place, Optional.of(tombstone(row, before)));
            } catch (RuntimeException e) {
                UnreadableRecord unused = tell(row, e);
                return new Row<>(place, Optional.empty());
            }
        };
    }

    private static Tombstone tombstone(ResultSet row, MonotonicInstant before) throws SQLException {
        return new Tombstone(
                new RecordId(new Scope(row.getString("scope")), row.getString("key")),
                Arrays.stream((UUID[]) row.getArray("owners").getArray())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet()),
                before.plus(Duration.of(-row.getLong("age_us"), ChronoUnit.MICROS)),
                Duration.ofMillis(Math.max(1, row.getLong("life_ms"))));
    }

    private RecordHead headOfCopy(ResultSet row) throws SQLException {
        try {
            return RecordRow.head(row);
        } catch (RuntimeException e) {
            RecordHead closed = RecordRow.closedHead(row);
            UnreadableRecord unused = tell(row, e);
            return closed;
        }
    }

    private StoredRecord copy(ResultSet row) throws SQLException {
        try {
            return RecordRow.read(row);
        } catch (RuntimeException e) {
            StoredRecord closed = RecordRow.closed(row); // or it has no name that a request can have
            UnreadableRecord unused = tell(row, e);
            return closed;
        }
    }

    private <R> Row<R> row(ResultSet row, Mapping<R> mapping) throws SQLException {
        ListPlace place = ListPlace.of(row);
        try {
            return new Row<>(place, Optional.of(mapping.map(row)));
        } catch (RuntimeException e) {
            UnreadableRecord unused = tell(row, e);
            return new Row<>(place, Optional.empty());
        }
    }

    private UnreadableRecord tell(ResultSet row, RuntimeException why) throws SQLException {
        UnreadableRecord what = UnreadableRecord.of(
                store, row.getString("scope"), row.getString("key"), String.valueOf(why.getMessage()));
        unreadable.accept(what);
        return what;
    }
}
