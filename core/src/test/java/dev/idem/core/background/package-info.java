@NullMarked
package dev.idem.core.background;

import org.jspecify.annotations.NullMarked;
