/** The commands, a class each, with the help text that explains them. */
@NullMarked
package dev.idem.admin.command;

import org.jspecify.annotations.NullMarked;
