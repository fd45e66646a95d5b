package dev.idem.postgres.schema;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of the schema.
 *
 * @param id unique in its file, such as {@code 002-users}
 * @param file its file on the class path
 * @param appliedAt null while it is pending; as Liquibase recorded it, in the time zone of the process that migrated
 */
public record Change(String id, String file, @Nullable Instant appliedAt) {

    /** When it was applied; empty while it is pending. */
    public Optional<Instant> applied() {
        return Optional.ofNullable(appliedAt);
    }

    public boolean pending() {
        return appliedAt == null;
    }

    boolean isSame(Change other) {
        return id.equals(other.id) && file.equals(other.file);
    }
}
