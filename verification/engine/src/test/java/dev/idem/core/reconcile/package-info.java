/** Tests of the comparison of both stores. */
@NullMarked
package dev.idem.core.reconcile;

import org.jspecify.annotations.NullMarked;
