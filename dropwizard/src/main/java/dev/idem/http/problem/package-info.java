/** Problem details (RFC 9457): every error that a client is given. */
@NullMarked
package dev.idem.http.problem;

import org.jspecify.annotations.NullMarked;
