@NullMarked
package dev.idem.core.event;

import org.jspecify.annotations.NullMarked;
