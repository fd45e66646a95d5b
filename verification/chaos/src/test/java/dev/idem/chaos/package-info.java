@NullMarked
package dev.idem.chaos;

import org.jspecify.annotations.NullMarked;
