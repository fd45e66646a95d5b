/** Placeholder. */
@NullMarked
package dev.idem.admin;

import org.jspecify.annotations.NullMarked;
