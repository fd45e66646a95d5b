/**
 * The program, and what it does about failures. The commands are in packages by subject, a class each with its help
 * text. They parse, call an operation and print.
 */
@NullMarked
package dev.idem.admin.command;

import org.jspecify.annotations.NullMarked;
