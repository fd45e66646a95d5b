package dev.idem.service.auth;

import dev.idem.accounts.Role;
import java.security.Principal;
import java.util.UUID;

/**
 * The user on whose behalf a request is made.
 *
 * @param email by which people know who it was
 */
public record AuthenticatedUser(UUID id, String email, Role role) implements Principal {

    /** The id: it never changes, as an address may, and so is what keys belong to. */
    @Override
    public String getName() {
        return id.toString();
    }
}
