/** Placeholder. */
@NullMarked
package dev.idem.dropwizard;

import org.jspecify.annotations.NullMarked;
