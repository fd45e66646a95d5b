/** Tests of the recovery of journals, on both stores. */
@NullMarked
package dev.idem.core.journal.recovery;

import org.jspecify.annotations.NullMarked;
