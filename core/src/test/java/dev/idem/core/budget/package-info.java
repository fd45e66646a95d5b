@NullMarked
package dev.idem.core.budget;

import org.jspecify.annotations.NullMarked;
