/**
 * The program: its options, what it prints and its exit code.
 */
@NullMarked
package dev.idem.conformance.command;

import org.jspecify.annotations.NullMarked;
