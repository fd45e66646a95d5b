package dev.idem.service;

import dev.idem.accounts.Role;
import dev.idem.accounts.UserExistsException;
import dev.idem.accounts.Users;
import dev.idem.service.stores.StartupException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two users of an embedded database, whose passwords are public. */
final class SeededUsers {
    private static final Logger log = LoggerFactory.getLogger(SeededUsers.class);

    private record Known(String email, String password, Role role) {}

    private static final List<Known> KNOWN = List.of(
            new Known("test-ios@example.com", "TestPassword123!", Role.USER),
            new Known("admin@example.com", "AdminPassword123!", Role.ADMIN));

    private final Users users;

    SeededUsers(Users users) {
        this.users = users;
    }

    /**
     * Adds them to an empty database.
     *
     * @param reachable whether other machines can reach the service
     * @throws StartupException if others could log in with a public password; no user was added
     */
    void seed(boolean reachable) {
        if (users.list().isEmpty()) {
            if (reachable) {
                throw refusal(KNOWN.get(0));
            }
            KNOWN.forEach(this::add);
        }
    }

    /**
     * Called if other machines can reach the service.
     *
     * @throws StartupException if a public password is in use
     */
    void requireUnusable() {
        for (Known known : KNOWN) {
            if (users.authenticate(known.email(), known.password()).isPresent()) {
                throw refusal(known);
            }
        }
    }

    private static StartupException refusal(Known known) {
        return new StartupException(
                "The service would listen beyond loopback (BIND_HOST, ADMIN_BIND_HOST), but the password of "
                        + known.email() + " is public. Start with SEED_USERS=false. If the database already has this"
                        + " user, run: idem-admin user password " + known.email()
                        + " --password-stdin, or: idem-admin user disable " + known.email());
    }

    private void add(Known known) {
        try {
            users.add(known.email(), known.password(), known.role());
            log.info("Added the user {}, role {}", known.email(), known.role().label());
        } catch (UserExistsException another) {
            log.debug("{} was added by another process", known.email());
        }
    }
}
