@NullMarked
package dev.idem.testing;

import org.jspecify.annotations.NullMarked;
