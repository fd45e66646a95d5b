@NullMarked
package dev.idem.core.engine.waiting;

import org.jspecify.annotations.NullMarked;
