package dev.idem.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A change after the first release meets tables with millions of rows, which nodes use meanwhile. It must not lock them for long, nor
 * wait for a lock while all requests wait behind it.
 */
class LaterChangesTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/idem/postgres/schema");
    private static final String LAST_OF_FIRST_RELEASE = "009";
    private static final Pattern INDEX_OF_A_LARGE_TABLE =
            Pattern.compile("create (unique )?index (?!concurrently)[^;]* on idempotency_records\\b");
    private static final Pattern LOCKED_TABLE =
            Pattern.compile("(alter|drop) table (if exists )?idempotency_records\\b");

    @Test
    void anIndexIsBuiltWhileRequestsGoOn() throws IOException {
        assertThat(later()).allSatisfy(file -> assertThat(fault(statements(Files.readString(file))))
                .as(file.getFileName().toString())
                .isEmpty());
    }

    @Test
    void whatLocksForLongIsRecognised() {
        assertThat(fault("create index a on idempotency_records (scope);")).isPresent();
        assertThat(fault("create index concurrently a on idempotency_records (scope);"))
                .hasValueSatisfying(why -> assertThat(why).contains("runInTransaction:false"));
        assertThat(fault("runintransaction:false create index concurrently a on idempotency_records (scope);"))
                .hasValueSatisfying(why -> assertThat(why).contains("IF EXISTS"));
        assertThat(fault("alter table idempotency_records add column a int;")).isPresent();
        assertThat(fault("set local lock_timeout = '2s'; alter table idempotency_records add column a int;"))
                .isEmpty();
        assertThat(fault("create table idempotency_new (a int);")).isEmpty();
    }

    private static Optional<String> fault(String statements) {
        if (INDEX_OF_A_LARGE_TABLE.matcher(statements).find()) {
            return Optional.of("CREATE INDEX stops all writes until it is done: CONCURRENTLY");
        }
        if (statements.contains("concurrently") && !statements.contains("runintransaction:false")) {
            return Optional.of("CONCURRENTLY needs runInTransaction:false");
        }
        if (statements.contains("index concurrently") && !statements.contains("drop index concurrently if exists")) {
            return Optional.of(
                    "an interrupted build leaves an invalid index: DROP INDEX CONCURRENTLY IF EXISTS before");
        }
        if (LOCKED_TABLE.matcher(statements).find() && !statements.contains("lock_timeout")) {
            return Optional.of("requests wait behind a change that waits for its lock: SET LOCAL lock_timeout");
        }
        return Optional.empty();
    }

    /** In lower case, without comments but the attributes of change sets, and without what only a rollback runs. */
    private static String statements(String file) {
        return file.replaceAll("(?m)^--(?!changeset).*$", "")
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static List<Path> later() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .filter(file -> file.getFileName().toString().compareTo(LAST_OF_FIRST_RELEASE + "~") > 0)
                    .toList();
        }
    }
}
