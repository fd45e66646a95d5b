/**
 * What tests of all modules share: programs that a machine may lack ({@link dev.idem.verification.support.NeedsPrograms}), JVMs
 * that they start ({@link dev.idem.verification.support.JavaCommand}), certificates of their own
 * ({@link dev.idem.verification.support.Keytool}), and the short and the full form of random tests
 * ({@link dev.idem.verification.support.RandomForm}). It imports nothing of the project.
 */
@NullMarked
package dev.idem.verification.support;

import org.jspecify.annotations.NullMarked;
