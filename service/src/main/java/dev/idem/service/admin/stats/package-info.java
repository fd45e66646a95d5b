/** What this node has done with its requests, since its start and in the last seconds. */
@NullMarked
package dev.idem.service.admin.stats;

import org.jspecify.annotations.NullMarked;
