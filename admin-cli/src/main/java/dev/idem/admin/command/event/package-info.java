/** Commands for the audit trail: tail, events export. */
@NullMarked
package dev.idem.admin.command.event;

import org.jspecify.annotations.NullMarked;
