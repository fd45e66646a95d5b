/** Converts what is typed into durations, keys and scopes. */
@NullMarked
package dev.idem.admin.option;

import org.jspecify.annotations.NullMarked;
