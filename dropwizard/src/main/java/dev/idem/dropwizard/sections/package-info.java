/**
 * The short way to {@link dev.idem.dropwizard.IdempotencyBundle}: an application whose configuration has the sections {@code redis},
 * {@code database} and {@code idempotency} adds {@link dev.idem.dropwizard.sections.SectionsBundle}, which opens and closes the
 * stores.
 */
@NullMarked
package dev.idem.dropwizard.sections;

import org.jspecify.annotations.NullMarked;
