/** Examines the stores: what was measured, whether it is good, and what to do if not. Changes nothing. */
@NullMarked
package dev.idem.admin.checkup;

import org.jspecify.annotations.NullMarked;
