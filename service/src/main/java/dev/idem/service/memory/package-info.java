/** Ends a service that has run out of memory. The engine's own threads and the gateway check for that themselves. */
@NullMarked
package dev.idem.service.memory;

import org.jspecify.annotations.NullMarked;
