/** Errors as RFC 9457 problem details, in JAX-RS, servlets and Jetty. */
@NullMarked
package dev.idem.dropwizard.problem;

import org.jspecify.annotations.NullMarked;
