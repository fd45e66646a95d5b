/** Records and answers as operators see them. */
@NullMarked
package dev.idem.core.record.view;

import org.jspecify.annotations.NullMarked;
