/**
 * Who may log in to the service: {@link Users} keeps them in PostgreSQL, with their passwords as Argon2id hashes. The
 * service asks, the operator's tool writes.
 */
@NullMarked
package dev.idem.accounts;

import org.jspecify.annotations.NullMarked;
