/** How results look: tables for people, JSON of a stable shape for programs. */
@NullMarked
package dev.idem.admin.output;

import org.jspecify.annotations.NullMarked;
