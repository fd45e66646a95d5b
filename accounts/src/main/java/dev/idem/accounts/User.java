package dev.idem.accounts;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who may log in.
 *
 * @param email in lower case
 * @param enabled whether logins and tokens are taken
 */
public record User(UUID id, String email, Role role, boolean enabled, Instant createdAt) {}
