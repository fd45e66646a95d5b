/** Prints results: tables for people, JSON for programs. */
@NullMarked
package dev.idem.admin.output;

import org.jspecify.annotations.NullMarked;
