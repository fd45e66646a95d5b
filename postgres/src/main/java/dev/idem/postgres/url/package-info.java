/** Checks the URL of a database before the driver gets it. */
@NullMarked
package dev.idem.postgres.url;

import org.jspecify.annotations.NullMarked;
