@NullMarked
package dev.idem.core.record;

import org.jspecify.annotations.NullMarked;
