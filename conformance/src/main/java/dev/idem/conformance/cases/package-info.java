/**
 * The cases, a class for each theme; {@link dev.idem.conformance.cases.Catalogue} has them all.
 */
@NullMarked
package dev.idem.conformance.cases;

import org.jspecify.annotations.NullMarked;
