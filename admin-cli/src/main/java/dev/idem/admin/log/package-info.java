/** What becomes of the lines that libraries write to the log. */
@NullMarked
package dev.idem.admin.log;

import org.jspecify.annotations.NullMarked;
