@NullMarked
package dev.idem.core.store.linear;

import org.jspecify.annotations.NullMarked;
