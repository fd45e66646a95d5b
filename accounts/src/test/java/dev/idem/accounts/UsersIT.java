package dev.idem.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.schema.Schema;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

@ExtendWith(ServersExtension.class)
final class UsersIT {
    private static final String PASSWORD = "correct horse battery";

    private Jdbi jdbi;
    private Users users;

    @BeforeEach
    void connect(TestDatabase server) {
        String url = server.filledOnce("accounts", UsersIT::migrate).jdbcUrl();
        jdbi = Jdbi.create(database(url));
        users = new Users(jdbi, new PasswordHasher());
    }

    private static void migrate(String url) {
        new Schema(database(url), "dev/idem/accounts/schema/changelog.xml").update();
    }

    private static DataSource database(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        return database;
    }

    @Test
    void aUserLogsInWhateverTheCaseOfTheAddress() {
        User ann = users.add("Ann@Example.com", PASSWORD, Role.ADMIN);

        assertThat(users.authenticate("ANN@example.com", PASSWORD)).contains(ann);
        assertThat(ann.email()).isEqualTo("ann@example.com");
        assertThat(users.find(ann.id())).contains(ann);
    }

    @Test
    void aWrongPasswordAnUnknownUserAndADisabledOneAreRefusedAlike() {
        users.add("ann@example.com", PASSWORD, Role.USER);
        users.add("bob@example.com", PASSWORD, Role.USER);
        assertThat(users.disable("bob@example.com")).isTrue();

        assertThat(users.authenticate("ann@example.com", PASSWORD + "!")).isEmpty();
        assertThat(users.authenticate("eve@example.com", PASSWORD)).isEmpty();
        assertThat(users.authenticate("bob@example.com", PASSWORD)).isEmpty();
        assertThat(users.authenticate("ann@example.com", "x".repeat(129))).isEmpty();
    }

    /** PostgreSQL's driver writes a question mark in its place, which may stand in an address. */
    @Test
    void halfOfACharacterIsNoOtherCharacter() {
        users.add("ann?@example.com", PASSWORD, Role.USER);

        assertThat(users.authenticate("ann\uD800@example.com", PASSWORD)).isEmpty();
        assertThat(users.disable("ann\uDC00@example.com")).isFalse();
        assertThatThrownBy(() -> users.add("bob\uD800@example.com", PASSWORD, Role.USER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(users.authenticate("ann?@example.com", PASSWORD)).isPresent();
    }

    @Test
    void anAddressBelongsToOneUser() {
        users.add("ann@example.com", PASSWORD, Role.USER);

        assertThatThrownBy(() -> users.add("ANN@example.com", PASSWORD, Role.ADMIN))
                .isInstanceOf(UserExistsException.class);
        assertThat(users.list()).singleElement().extracting(User::role).isEqualTo(Role.USER);
    }

    @Test
    void shortPasswordsAndWhatIsNoAddressAreRefused() {
        assertThatThrownBy(() -> users.add("ann@example.com", "short", Role.USER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 to 128");
        assertThatThrownBy(() -> users.add("ann", PASSWORD, Role.USER)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUserWhoWasLockedOutIsLetInAgain() {
        users.add("ann@example.com", PASSWORD, Role.USER);
        users.disable("ann@example.com");

        assertThat(users.enable("ANN@example.com")).isTrue();
        assertThat(users.authenticate("ann@example.com", PASSWORD)).isPresent();
    }

    @Test
    void anotherPasswordTakesTheFirstOnesPlace() {
        users.add("ann@example.com", PASSWORD, Role.USER);

        assertThat(users.changePassword("ANN@example.com", "another " + PASSWORD))
                .isTrue();
        assertThat(users.authenticate("ann@example.com", PASSWORD)).isEmpty();
        assertThat(users.authenticate("ann@example.com", "another " + PASSWORD)).isPresent();
        assertThatThrownBy(() -> users.changePassword("ann@example.com", "short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 to 128");
    }

    @Test
    void disablingNobodySaysSo() {
        assertThat(users.disable("eve@example.com")).isFalse();
        assertThat(users.enable("eve@example.com")).isFalse();
        assertThat(users.changePassword("eve@example.com", PASSWORD)).isFalse();
    }

    /** As a person may have written it by hand, or another program. */
    @Test
    void aHashThatCannotBeReadIsNobodysAndTheLogSaysWhatToDo() {
        users.add("ann@example.com", PASSWORD, Role.USER);
        jdbi.useHandle(handle -> handle.execute("UPDATE users SET password_hash = '$2b$12$c2FsdHNhbHRzYWx0'"));

        List<ILoggingEvent> lines = logged(() ->
                assertThat(users.authenticate("ann@example.com", PASSWORD)).isEmpty());

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).getThrowableProxy()).isNull();
        assertThat(lines.get(0).getFormattedMessage())
                .startsWith("The user ann@example.com cannot log in: users.password_hash is no Argon2id hash")
                .endsWith("idem-admin user password ann@example.com --password-stdin")
                .doesNotContain("c2FsdHNhbHRzYWx0", PASSWORD);
        assertThat(users.changePassword("ann@example.com", PASSWORD)).isTrue();
        assertThat(users.authenticate("ann@example.com", PASSWORD)).isPresent();
    }

    @Test
    void aRoleThatDoesNotExistIsNobodysToo() {
        User ann = users.add("ann@example.com", PASSWORD, Role.USER);
        jdbi.useHandle(handle -> handle.execute("ALTER TABLE users DROP CONSTRAINT users_role_check"));

        for (String role : List.of("root", "adm\u0131n", "")) {
            jdbi.useHandle(handle -> handle.execute("UPDATE users SET role = ?", role));
            List<ILoggingEvent> lines = logged(() -> {
                assertThat(users.authenticate("ann@example.com", PASSWORD)).isEmpty();
                assertThat(users.find(ann.id())).isEmpty();
            });

            assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line.getFormattedMessage())
                    .startsWith("The user ann@example.com cannot log in: users.role must be user or admin."));
            assertThatThrownBy(users::list)
                    .isInstanceOf(UnusableUserException.class)
                    .hasMessageContaining("ann@example.com");
        }
    }

    /** Somebody wrote it by hand, and it has worked since. */
    @Test
    void aRoleInCapitalsIsTheSameRole() {
        User ann = users.add("ann@example.com", PASSWORD, Role.USER);
        jdbi.useHandle(handle -> handle.execute("ALTER TABLE users DROP CONSTRAINT users_role_check"));

        for (String role : List.of("ADMIN", "Admin", "admin")) {
            jdbi.useHandle(handle -> handle.execute("UPDATE users SET role = ?", role));
            assertThat(users.find(ann.id()))
                    .hasValueSatisfying(known -> assertThat(known.role()).isEqualTo(Role.ADMIN));
        }
    }

    private static List<ILoggingEvent> logged(Runnable what) {
        Logger log = (Logger) LoggerFactory.getLogger(Users.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            what.run();
            return lines.list;
        } finally {
            log.detachAppender(lines);
        }
    }
}
