/** Tests. */
@NullMarked
package dev.idem.admin.command;

import org.jspecify.annotations.NullMarked;
