package dev.idem.accounts;

import java.time.Instant;
import java.util.UUID;

/**
 * A user of the service.
 *
 * @param email in lower case
 * @param enabled whether logins and tokens are accepted
 */
public record User(UUID id, String email, Role role, boolean enabled, Instant createdAt) {}
