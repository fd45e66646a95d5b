package dev.idem.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of the service, in PostgreSQL. Thread-safe; methods throw JDBI's exceptions if the database is unavailable.
 */
public final class Users {
    private static final Logger log = LoggerFactory.getLogger(Users.class);
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
     * The user with these credentials. Empty if there is no such user, the password is wrong, the user is disabled, or what is
     * stored of the user cannot be used, which is logged; all of these take equally long.
     */
    public Optional<User> authenticate(String email, String password) {
        boolean possible = canBeStored(email) && password.length() <= MAX_PASSWORD;
        Optional<Credentials> known = possible ? usable(() -> credentials(email)) : Optional.empty();
        boolean right = hasher.verify(
                password.length() > MAX_PASSWORD ? "" : password,
                known.map(Credentials::passwordHash).orElse(nobodysHash));
        return known.map(Credentials::user).filter(user -> right && user.enabled());
    }

    private Optional<Credentials> credentials(String email) {
        return jdbi.withHandle(handle -> handle.createQuery(sql("credentials"))
                .bind("email", canonical(email))
                .map(this::credentialsOf)
                .findOne());
    }

    private Credentials credentialsOf(ResultSet row, StatementContext context) throws SQLException {
        User user = user(row, context);
        String hash = row.getString("password_hash");
        if (!hasher.canVerify(hash)) {
            throw new UnusableUserException(
                    user.email(),
                    "users.password_hash is no Argon2id hash that this release reads. Set the password anew: idem-admin user"
                            + " password " + user.email() + " --password-stdin");
        }
        return new Credentials(user, hash);
    }

    /** Empty if there is none, or what is stored of the user cannot be used, which is logged. */
    public Optional<User> find(UUID id) {
        return usable(() -> jdbi.withHandle(handle ->
                handle.createQuery(sql("find")).bind("id", id).map(Users::user).findOne()));
    }

    /** A user who cannot be read is nobody's business but the operator's. */
    private static <T> Optional<T> usable(Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (UnusableUserException e) {
            log.error("{}", e.getMessage());
            return Optional.empty();
        }
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

    /**
     * All users, by address.
     *
     * @throws UnusableUserException if what is stored of one cannot be read
     */
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
        String email = row.getString("email");
        return new User(
                row.getObject("id", UUID.class),
                email,
                role(email, row.getString("role")),
                row.getBoolean("enabled"),
                row.getTimestamp("created_at").toInstant());
    }

    private static Role role(String email, @Nullable String label) {
        return Role.find(label)
                .orElseThrow(() -> new UnusableUserException(
                        email, "users.role must be user or admin. Correct it in the table users of the database."));
    }

    private String sql(String name) {
        return FILES.locate(FOLDER + name);
    }

    private record Credentials(User user, String passwordHash) {}
}
