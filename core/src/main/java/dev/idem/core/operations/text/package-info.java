/** Reads arguments of operations from text, and writes results as JSON. */
@NullMarked
package dev.idem.core.operations.text;

import org.jspecify.annotations.NullMarked;
