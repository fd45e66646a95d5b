@NullMarked
package dev.idem.core.window;

import org.jspecify.annotations.NullMarked;
