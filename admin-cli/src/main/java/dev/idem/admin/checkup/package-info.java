/** Looks at the stores as a doctor does: what is measured, whether it is well, and what to do if not. Changes nothing. */
@NullMarked
package dev.idem.admin.checkup;

import org.jspecify.annotations.NullMarked;
