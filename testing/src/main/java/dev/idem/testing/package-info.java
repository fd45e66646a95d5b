/**
 * What tests of all modules share: programs that a machine may lack ({@link dev.idem.testing.NeedsPrograms}), and the short
 * and the full form of random tests ({@link dev.idem.testing.RandomForm}). It imports nothing of the project.
 */
@NullMarked
package dev.idem.testing;

import org.jspecify.annotations.NullMarked;
