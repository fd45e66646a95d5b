@NullMarked
package dev.idem.chaos.check;

import org.jspecify.annotations.NullMarked;
