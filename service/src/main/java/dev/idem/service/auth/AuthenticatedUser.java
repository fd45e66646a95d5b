package dev.idem.service.auth;

import dev.idem.accounts.Role;
import java.security.Principal;
import java.util.UUID;

/**
 * The user who makes a request.
 *
 * @param email for people to recognise the user
 */
public record AuthenticatedUser(UUID id, String email, Role role) implements Principal {

    /** The id, which never changes, as an address may. Keys therefore belong to it. */
    @Override
    public String getName() {
        return id.toString();
    }
}
