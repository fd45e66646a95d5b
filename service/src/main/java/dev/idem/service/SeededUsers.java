package dev.idem.service;

import dev.idem.core.users.Role;
import dev.idem.core.users.UserExistsException;
import dev.idem.core.users.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two users of an embedded database, whose passwords everybody knows. */
final class SeededUsers {
    private static final Logger log = LoggerFactory.getLogger(SeededUsers.class);

    private final Users users;

    SeededUsers(Users users) {
        this.users = users;
    }

    void seed() {
        if (users.list().isEmpty()) {
            add("test-ios@example.com", "TestPassword123!", Role.USER);
            add("admin@example.com", "AdminPassword123!", Role.ADMIN);
        }
    }

    private void add(String email, String password, Role role) {
        try {
            users.add(email, password, role);
            log.info("Added the user {}, role {}", email, role.label());
        } catch (UserExistsException another) {
            log.debug("{} was added by another process", email);
        }
    }
}
