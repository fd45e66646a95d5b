/** Errors as RFC 9457 problem details, the same wherever in the layer they arise. */
@NullMarked
package dev.idem.dropwizard.problem;

import org.jspecify.annotations.NullMarked;
