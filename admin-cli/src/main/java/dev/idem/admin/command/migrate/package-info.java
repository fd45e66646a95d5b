/** Commands for the schema: migrate status, up, sql, rollback. */
@NullMarked
package dev.idem.admin.command.migrate;

import org.jspecify.annotations.NullMarked;
