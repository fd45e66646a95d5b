/** How arguments of operations are read from text, and how results are written as JSON. */
@NullMarked
package dev.idem.core.operations.text;

import org.jspecify.annotations.NullMarked;
