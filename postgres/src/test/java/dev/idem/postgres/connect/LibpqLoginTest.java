package dev.idem.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.connect.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LibpqLoginTest {
    private final Path home;

    LibpqLoginTest(@TempDir Path home) {
        this.home = home;
    }

    private Credentials login(String url, Map<String, String> environment) {
        return new LibpqLogin(environment, home).of((DatabaseTarget.External) DatabaseTarget.parse(url));
    }

    private Path write(String name, String permissions, String... lines) throws IOException {
        Path file = Files.write(home.resolve(name), java.util.List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void theUrlComesBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
        write(".pgpass", "rw-------", "*:*:*:*:of the file");
        Map<String, String> environment = Map.of("PGUSER", "ann", "PGPASSWORD", "of the environment");

        assertThat(login("postgres://bob:of%20the%20url@h/idem", environment))
                .isEqualTo(new Credentials("bob", "of the url"));
        assertThat(login("postgres://bob@h/idem", environment)).isEqualTo(new Credentials("bob", "of the environment"));
        assertThat(login("jdbc:postgresql://h/idem", environment))
                .isEqualTo(new Credentials("ann", "of the environment"));
        assertThat(login("postgres://bob@h/idem", Map.of())).isEqualTo(new Credentials("bob", "of the file"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://app@a/idem,             first",
        "postgres://app@b:6432/idem,        second",
        "postgres://app@b/idem,             fifth",
        "'postgres://app@x,a:5432/idem',    first",
        "postgres://app@h/with:colon,       th:ird\\",
        "postgres://other@h/idem,           fourth",
        "jdbc:postgresql://a/idem?user=app, first",
        "postgres://app@[::1]/idem,         sixth"
    })
    void theFirstLineThatFitsCounts(String url, String password) throws IOException {
        Path file = write(
                "passwords",
                "rw-------",
                "# a comment",
                "a:5432:idem:app:first",
                "b:6432:*:app:second",
                "h:*:with\\:colon:app:th:ird\\\\",
                "*:*:*:other:fourth",
                "b:5432:idem:app:fifth",
                "[\\:\\:1]:5432:idem:app:sixth",
                "too:few");

        assertThat(login(url, Map.of("PGPASSFILE", file.toString())).password()).isEqualTo(password);
    }

    @Test
    void aFileThatOthersMayReadIsNotUsed() throws IOException {
        write(".pgpass", "rw-r-----", "*:*:*:*:open");

        assertThat(login("postgres://app@h/idem", Map.of()).password()).isEmpty();
    }

    @Test
    void withoutAnyOfThemTheDriverDoesNotLookForAPassword() {
        assertThat(login(
                        "postgres://h/idem",
                        Map.of("PGPASSFILE", home.resolve("absent").toString())))
                .isEqualTo(new Credentials(null, ""));
    }
}
