@NullMarked
package dev.idem.chaos.stage;

import org.jspecify.annotations.NullMarked;
