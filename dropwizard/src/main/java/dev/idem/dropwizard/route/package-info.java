/**
 * Reads resource methods when the application starts: which are protected, what their routes are called, and which filters come
 * before their claim.
 */
@NullMarked
package dev.idem.dropwizard.route;

import org.jspecify.annotations.NullMarked;
