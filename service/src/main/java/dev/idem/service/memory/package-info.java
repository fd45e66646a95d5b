/**
 * What becomes of a service that runs out of memory: wherever that shows, it ends. Beside the engine's own threads and the gateway,
 * which look themselves.
 */
@NullMarked
package dev.idem.service.memory;

import org.jspecify.annotations.NullMarked;
