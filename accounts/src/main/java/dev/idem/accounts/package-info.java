/**
 * The service's users: {@link Users} keeps them in PostgreSQL, with passwords as Argon2id hashes. The service reads
 * them, the operators' tool changes them.
 */
@NullMarked
package dev.idem.accounts;

import org.jspecify.annotations.NullMarked;
