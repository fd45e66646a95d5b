package dev.idem.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The users of the service, in PostgreSQL. Thread-safe; methods throw JDBI's exceptions if the database is unavailable.
 */
public final class Users {
    private static final String FOLDER = "dev/idem/accounts/";
    /** One for the process: each locator reads anew what it is asked for, and a file does not change. */
    private static final ClasspathSqlLocator FILES = ClasspathSqlLocator.removingComments();

    private static final int MAX_EMAIL = 254;
    private static final int MIN_PASSWORD = 12;
    private static final int MAX_PASSWORD = 128;

    private final Jdbi jdbi;
    private final PasswordHasher hasher;
    private final String nobodysHash;

    public Users(Jdbi jdbi, PasswordHasher hasher) {
        this.jdbi = jdbi;
        this.hasher = hasher;
        this.nobodysHash = hasher.nobodysHash();
    }

    /**
     * The user with these credentials. Empty if there is no such user, the password is wrong, or the user is disabled;
     * all of these take equally long.
     */
    public Optional<User> authenticate(String email, String password) {
        boolean possible = canBeStored(email) && password.length() <= MAX_PASSWORD;
        Optional<Credentials> known = !possible
                ? Optional.empty()
                : jdbi.withHandle(handle -> handle.createQuery(sql("credentials"))
                        .bind("email", canonical(email))
                        .map((row, context) -> new Credentials(user(row, context), row.getString("password_hash")))
                        .findOne());
        boolean right = hasher.verify(
                password.length() > MAX_PASSWORD ? "" : password,
                known.map(Credentials::passwordHash).orElse(nobodysHash));
        return known.map(Credentials::user).filter(user -> right && user.enabled());
    }

    public Optional<User> find(UUID id) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql("find")).bind("id", id).map(Users::user).findOne());
    }

    /**
     * Adds a user who may log in.
     *
     * @param password 12 to 128 characters
     * @throws UserExistsException if the address is taken
     * @throws IllegalArgumentException if the address or the password is not valid, with a sentence that says why
     */
    public User add(String email, String password, Role role) {
        String address = checked(canonical(email));
        String hash = hashOfNew(password);
        return jdbi.withHandle(handle -> handle.createQuery(sql("add"))
                        .bind("id", UUID.randomUUID())
                        .bind("email", address)
                        .bind("passwordHash", hash)
                        .bind("role", role.label())
                        .map(Users::user)
                        .findOne())
                .orElseThrow(() -> new UserExistsException(address));
    }

    /** All users, by address. */
    public List<User> list() {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql("list")).map(Users::user).list());
    }

    /**
     * Disables a user.
     *
     * @return whether there is such a user
     */
    public boolean disable(String email) {
        return canBeStored(email)
                && jdbi.withHandle(handle -> handle.createUpdate(sql("disable"))
                                .bind("email", canonical(email))
                                .execute())
                        > 0;
    }

    /** PostgreSQL cannot store U+0000, and the driver sends half of a surrogate pair as a question mark. */
    private static boolean canBeStored(String email) {
        return email.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(email);
    }

    /**
     * Enables a disabled user.
     *
     * @return whether there is such a user
     */
    public boolean enable(String email) {
        return jdbi.withHandle(handle -> handle.createUpdate(sql("enable"))
                        .bind("email", canonical(email))
                        .execute())
                > 0;
    }

    /**
     * Changes a user's password. Existing tokens stay valid until they expire.
     *
     * @param password 12 to 128 characters
     * @return whether there is such a user
     * @throws IllegalArgumentException if the password is not valid, with a sentence that says why
     */
    public boolean changePassword(String email, String password) {
        String hash = hashOfNew(password);
        return jdbi.withHandle(handle -> handle.createUpdate(sql("change_password"))
                        .bind("email", canonical(email))
                        .bind("passwordHash", hash)
                        .execute())
                > 0;
    }

    private String hashOfNew(String password) {
        if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
            throw new IllegalArgumentException("A password must have " + MIN_PASSWORD + " to " + MAX_PASSWORD
                    + " characters; this one has " + password.length() + ".");
        }
        return hasher.hash(password);
    }

    /** The stored form of an address: spellings of one account have the same one. */
    public static String canonical(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static String checked(String email) {
        int at = email.lastIndexOf('@');
        boolean hasParts = at >= 1 && at < email.length() - 1;
        if (!hasParts
                || email.length() > MAX_EMAIL
                || !canBeStored(email)
                || email.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "An e-mail address must look like name@example.com and have at most " + MAX_EMAIL + " characters.");
        }
        return email;
    }

    private static User user(ResultSet row, StatementContext context) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getString("email"),
                Role.of(row.getString("role")),
                row.getBoolean("enabled"),
                row.getTimestamp("created_at").toInstant());
    }

    private String sql(String name) {
        return FILES.locate(FOLDER + name);
    }

    private record Credentials(User user, String passwordHash) {}
}
