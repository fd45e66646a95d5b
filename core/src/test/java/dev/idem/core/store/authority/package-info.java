@NullMarked
package dev.idem.core.store.authority;

import org.jspecify.annotations.NullMarked;
