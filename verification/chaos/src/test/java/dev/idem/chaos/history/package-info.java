@NullMarked
package dev.idem.chaos.history;

import org.jspecify.annotations.NullMarked;
