@NullMarked
package dev.idem.core.store;

import org.jspecify.annotations.NullMarked;
