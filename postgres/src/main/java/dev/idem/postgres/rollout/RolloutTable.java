package dev.idem.postgres.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.core.rollout.RolloutChange;
import dev.idem.core.rollout.RolloutDocument;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.RolloutStore;
import dev.idem.core.rollout.StoredRollout;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.PostgresFailures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The rollout settings of all nodes, in the table {@code idempotency_rollout}. Thread-safe. */
public final class RolloutTable implements RolloutStore {
    private static final String FOLDER = "dev/idem/postgres/rollout/";
    /** One for the process: each locator reads anew what it is asked for, and a file does not change. */
    private static final ClasspathSqlLocator FILES = ClasspathSqlLocator.removingComments();

    private final Jdbi jdbi;

    /** Ignores settings that a later release may have added; the others still apply. */
    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    public RolloutTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public StoredRollout get() {
        return asked(() -> jdbi.withHandle(
                        handle -> handle.createQuery(sql("read")).map(this::row).findOne()))
                .orElseThrow(RolloutTable::rowIsGone);
    }

    private static StoreUnavailableException rowIsGone() {
        return new StoreUnavailableException(
                PostgresStore.NAME,
                UnavailableReason.STATEMENT_FAILED,
                "the table idempotency_rollout has lost its row",
                "Insert it: INSERT INTO idempotency_rollout (version, changed_at, changed_by, reason) VALUES"
                        + " (extract(epoch FROM now()), now(), 'operator', '')",
                null);
    }

    @Override
    public Optional<StoredRollout> put(RolloutChange change) {
        @Nullable String settings = change.settings().map(this::write).orElse(null);
        return asked(() -> jdbi.withHandle(handle -> handle.createQuery(sql("write"))
                .bind("expected", change.expected())
                .bind("settings", settings)
                .bind("by", change.by())
                .bind("reason", change.reason())
                .map(this::row)
                .findOne()));
    }

    private static <T> T asked(Supplier<T> question) {
        return PostgresFailures.translate(PostgresStore.NAME, question);
    }

    private StoredRollout row(ResultSet row, StatementContext context) throws SQLException {
        @Nullable String written = row.getString("settings");
        Optional<RolloutSettings> settings = Optional.empty();
        Optional<String> unreadable = Optional.empty();
        try {
            settings = Optional.ofNullable(written).map(this::read);
        } catch (IllegalArgumentException e) {
            unreadable = Optional.of("The settings in the table idempotency_rollout cannot be read: " + e.getMessage()
                    + ". Write them anew: idem-admin rollout set --percent N, or idem-admin rollout reset.");
        }
        return new StoredRollout(
                row.getLong("version"),
                settings,
                unreadable,
                row.getTimestamp("changed_at").toInstant(),
                row.getString("changed_by"),
                row.getString("reason"));
    }

    /** @throws IllegalArgumentException saying what is wrong: a person may have changed them in the table */
    private RolloutSettings read(String settings) {
        try {
            @Nullable RolloutDocument document = json.readValue(settings, RolloutDocument.class);
            if (document == null) {
                throw new IllegalArgumentException("they are null");
            }
            return document.settings();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("they do not have the form of a rollout", e);
        }
    }

    private String write(RolloutSettings settings) {
        try {
            return json.writeValueAsString(RolloutDocument.of(settings));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings are always JSON", e);
        }
    }

    private String sql(String name) {
        return FILES.locate(FOLDER + name);
    }
}
