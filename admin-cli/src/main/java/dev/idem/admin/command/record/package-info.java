/** Commands for single records: inspect, list, clear-stale, delete, resolve. */
@NullMarked
package dev.idem.admin.command.record;

import org.jspecify.annotations.NullMarked;
