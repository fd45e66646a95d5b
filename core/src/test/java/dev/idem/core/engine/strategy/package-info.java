@NullMarked
package dev.idem.core.engine.strategy;

import org.jspecify.annotations.NullMarked;
