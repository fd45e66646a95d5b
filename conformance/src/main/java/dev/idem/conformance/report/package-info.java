/**
 * What people read: the summary of a run, and the page that describes the cases.
 */
@NullMarked
package dev.idem.conformance.report;

import org.jspecify.annotations.NullMarked;
