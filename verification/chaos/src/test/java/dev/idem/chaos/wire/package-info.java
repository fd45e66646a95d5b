@NullMarked
package dev.idem.chaos.wire;

import org.jspecify.annotations.NullMarked;
