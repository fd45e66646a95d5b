@NullMarked
package dev.idem.core.schema;

import org.jspecify.annotations.NullMarked;
