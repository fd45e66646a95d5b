package dev.idem.service.share;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jdbi.v3.core.statement.StatementContext;

/** The shares of all users, in PostgreSQL. Thread-safe; throws JDBI's exceptions if the database is unavailable. */
public final class Shares {
    private static final String FOLDER = "dev/idem/service/share/";
    /** One for the process: each locator reads anew what it is asked for, and a file does not change. */
    private static final ClasspathSqlLocator FILES = ClasspathSqlLocator.removingComments();

    private final Jdbi jdbi;

    public Shares(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Adds a share in the caller's transaction. */
    Share add(Handle transaction, UUID user, String url, Platform platform) {
        return transaction
                .createQuery(sql("add"))
                .bind("id", UUID.randomUUID())
                .bind("user", user)
                .bind("url", url)
                .bind("platform", platform.label())
                .map(Shares::share)
                .one();
    }

    /** Empty for another user's share, too. */
    Optional<Share> find(UUID user, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(sql("find"))
                .bind("id", id)
                .bind("user", user)
                .map(Shares::share)
                .findOne());
    }

    /** At most {@code limit} of a user's shares, the latest first. */
    List<Share> firstPage(UUID user, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(sql("first_page"))
                .bind("user", user)
                .bind("limit", limit)
                .map(Shares::share)
                .list());
    }

    /** Like {@link #firstPage}, but after the cursor. */
    List<Share> nextPage(UUID user, Cursor cursor, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(sql("next_page"))
                .bind("user", user)
                .bind("createdAt", cursor.createdAt().atOffset(ZoneOffset.UTC))
                .bind("id", cursor.id())
                .bind("limit", limit)
                .map(Shares::share)
                .list());
    }

    private static Share share(ResultSet row, StatementContext context) throws SQLException {
        return new Share(
                row.getObject("id", UUID.class),
                row.getString("url"),
                row.getString("platform"),
                row.getString("status"),
                row.getTimestamp("created_at").toInstant());
    }

    private String sql(String name) {
        return FILES.locate(FOLDER + name);
    }
}
