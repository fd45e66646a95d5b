/** Tasks that operators run in the application by a POST to its admin port. */
@NullMarked
package dev.idem.dropwizard.task;

import org.jspecify.annotations.NullMarked;
