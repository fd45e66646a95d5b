/** Commands for whole stores: stats, purge, reconcile, doctor. */
@NullMarked
package dev.idem.admin.command.upkeep;

import org.jspecify.annotations.NullMarked;
