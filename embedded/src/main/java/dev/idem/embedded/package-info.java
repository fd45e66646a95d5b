/** Placeholder. */
@NullMarked
package dev.idem.embedded;

import org.jspecify.annotations.NullMarked;
