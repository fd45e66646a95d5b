/** Problem details (RFC 9457) for every error that a client gets. Knows no server. */
@NullMarked
package dev.idem.http.problem;

import org.jspecify.annotations.NullMarked;
