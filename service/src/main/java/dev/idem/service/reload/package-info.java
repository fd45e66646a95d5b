/** Replaces routes while requests are served: by a task on the admin port, or by SIGHUP. */
@NullMarked
package dev.idem.service.reload;

import org.jspecify.annotations.NullMarked;
