/** This node's statistics since its start and of the last seconds. */
@NullMarked
package dev.idem.service.admin.stats;

import org.jspecify.annotations.NullMarked;
