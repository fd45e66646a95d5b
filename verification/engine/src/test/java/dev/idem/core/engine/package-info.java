@NullMarked
package dev.idem.core.engine;

import org.jspecify.annotations.NullMarked;
