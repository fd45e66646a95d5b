@NullMarked
package dev.idem.core.fuzz;

import org.jspecify.annotations.NullMarked;
