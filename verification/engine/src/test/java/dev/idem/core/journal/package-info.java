@NullMarked
package dev.idem.core.journal;

import org.jspecify.annotations.NullMarked;
