/**
 * What a case is made of ({@link dev.idem.conformance.suite.Case}), what it may do and check ({@link
 * dev.idem.conformance.exchange.Trial}), and what comes of it ({@link dev.idem.conformance.suite.Result}).
 */
@NullMarked
package dev.idem.conformance.suite;

import org.jspecify.annotations.NullMarked;
