/**
 * Answers that come after their client has got another: {@link dev.idem.dropwizard.late.SuspendedParameter} gives a resource method its
 * {@code @Suspended AsyncResponse}, and {@link dev.idem.dropwizard.late.SuspendedWork} tells a timeout from the method's own answer.
 */
@NullMarked
package dev.idem.dropwizard.late;

import org.jspecify.annotations.NullMarked;
