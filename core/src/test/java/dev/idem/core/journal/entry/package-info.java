@NullMarked
package dev.idem.core.journal.entry;

import org.jspecify.annotations.NullMarked;
