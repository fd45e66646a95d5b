@NullMarked
package dev.idem.core.connect;

import org.jspecify.annotations.NullMarked;
