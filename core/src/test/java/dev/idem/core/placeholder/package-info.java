@NullMarked
package dev.idem.core.placeholder;

import org.jspecify.annotations.NullMarked;
