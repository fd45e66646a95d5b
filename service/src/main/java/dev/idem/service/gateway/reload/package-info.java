/** Routes that are changed while requests come: by a task on the admin port, or by SIGHUP. */
@NullMarked
package dev.idem.service.gateway.reload;

import org.jspecify.annotations.NullMarked;
