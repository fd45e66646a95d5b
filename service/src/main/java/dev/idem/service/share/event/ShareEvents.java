package dev.idem.service.share.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jdbi.v3.core.statement.StatementContext;

/** The events of all shares, in PostgreSQL. Thread-safe; throws JDBI's exceptions when it cannot be asked. */
public final class ShareEvents {
    private static final String FOLDER = "dev/idem/service/share/event/";
    private static final int LONGEST_ERROR = 500;

    private final Jdbi jdbi;
    private final ClasspathSqlLocator files = ClasspathSqlLocator.removingComments();

    public ShareEvents(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Puts an event down in the transaction that makes the share; the caller ends it. */
    public void created(Handle transaction, UUID share, String derivedKey) {
        transaction
                .createUpdate(sql("add"))
                .bind("share", share)
                .bind("derivedKey", derivedKey)
                .execute();
    }

    /** Takes at most {@code batch} that are due, the oldest first; no other node takes them while they are held. */
    List<ShareEvent> take(int batch, Duration hold) {
        return jdbi
                .withHandle(handle -> handle.createQuery(sql("take"))
                        .bind("batch", batch)
                        .bind("holdMs", hold.toMillis())
                        .map(ShareEvents::event)
                        .list())
                .stream()
                .sorted(Comparator.comparingLong(ShareEvent::id))
                .toList();
    }

    void delivered(ShareEvent event) {
        jdbi.useHandle(handle ->
                handle.createUpdate(sql("delivered")).bind("id", event.id()).execute());
    }

    void failed(ShareEvent event, Exception failure) {
        String error = failure.toString().replace('\0', ' ');
        jdbi.useHandle(handle -> handle.createUpdate(sql("failed"))
                .bind("id", event.id())
                .bind("attempt", event.attempt())
                .bind("error", error.substring(0, Math.min(error.length(), LONGEST_ERROR)))
                .execute());
    }

    void giveBack(ShareEvent event) {
        jdbi.useHandle(handle -> handle.createUpdate(sql("give_back"))
                .bind("id", event.id())
                .bind("attempt", event.attempt())
                .execute());
    }

    /** How many are not delivered, or {@code most} if there are more. */
    long pending(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(sql("pending"))
                .bind("most", most)
                .mapTo(Long.class)
                .one());
    }

    /** Deletes at most {@code batch} that were delivered longer than {@code keep} ago. */
    void forget(Duration keep, int batch) {
        jdbi.useHandle(handle -> handle.createUpdate(sql("forget"))
                .bind("keepMs", keep.toMillis())
                .bind("batch", batch)
                .execute());
    }

    private static ShareEvent event(ResultSet row, StatementContext context) throws SQLException {
        return new ShareEvent(
                row.getLong("id"),
                row.getObject("share_id", UUID.class),
                row.getString("kind"),
                row.getString("derived_key"),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("attempts"));
    }

    private String sql(String name) {
        return files.locate(FOLDER + name);
    }
}
