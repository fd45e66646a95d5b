/** Reads the audit trail, page by page, as a whole or as it grows. */
@NullMarked
package dev.idem.core.operations.event;

import org.jspecify.annotations.NullMarked;
