@NullMarked
package dev.idem.core.engine.near;

import org.jspecify.annotations.NullMarked;
