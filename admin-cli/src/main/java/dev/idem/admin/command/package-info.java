/** The commands, a class each, with their help texts. They parse, call an operation and print. */
@NullMarked
package dev.idem.admin.command;

import org.jspecify.annotations.NullMarked;
