/**
 * How an API treats repeated requests: a suite that runs against any server, knowing nothing of it but HTTP.
 */
@NullMarked
package dev.idem.conformance;

import org.jspecify.annotations.NullMarked;
