package dev.idem.admin.command.user;

import dev.idem.accounts.User;

/** A user as the output shows one. */
record UserView(String id, String email, String role, boolean enabled, String createdAt) {

    static UserView of(User user) {
        return new UserView(
                user.id().toString(),
                user.email(),
                user.role().label(),
                user.enabled(),
                user.createdAt().toString());
    }
}
