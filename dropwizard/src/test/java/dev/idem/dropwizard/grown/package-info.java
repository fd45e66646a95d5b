/**
 * An application that has grown for years, with filters, interceptors and settings of its own, and the tests of what the
 * bundle makes of it. It uses nothing but what every application may use.
 */
@NullMarked
package dev.idem.dropwizard.grown;

import org.jspecify.annotations.NullMarked;
