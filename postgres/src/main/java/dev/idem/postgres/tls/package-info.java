/** Verifies PostgreSQL's certificate, and says which one it refuses: {@link dev.idem.postgres.tls.ServerVerification}. */
@NullMarked
package dev.idem.postgres.tls;

import org.jspecify.annotations.NullMarked;
