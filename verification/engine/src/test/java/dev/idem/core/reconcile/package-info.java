/** Tests. */
@NullMarked
package dev.idem.core.reconcile;

import org.jspecify.annotations.NullMarked;
