@NullMarked
package dev.idem.testing.linear;

import org.jspecify.annotations.NullMarked;
