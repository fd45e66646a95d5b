/** Reads resource methods when the application starts: which are protected, and what their routes are called. */
@NullMarked
package dev.idem.dropwizard.route;

import org.jspecify.annotations.NullMarked;
