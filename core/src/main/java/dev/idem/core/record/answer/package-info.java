/**
 * What is stored of a request's outcome, and given to its repeats: a response, or the reason why there is none. A store
 * keeps it under a record. Everything here is immutable and thread-safe.
 */
@NullMarked
package dev.idem.core.record.answer;

import org.jspecify.annotations.NullMarked;
