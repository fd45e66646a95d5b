/** Tests of {@code dev.idem.core.schema}. */
@NullMarked
package dev.idem.core.schema;

import org.jspecify.annotations.NullMarked;
