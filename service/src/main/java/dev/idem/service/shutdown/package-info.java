/** How the server ends its service: {@link dev.idem.service.shutdown.Drain} first, then everything else stops. */
@NullMarked
package dev.idem.service.shutdown;

import org.jspecify.annotations.NullMarked;
