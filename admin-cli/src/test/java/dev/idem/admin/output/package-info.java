/** Tests. */
@NullMarked
package dev.idem.admin.output;

import org.jspecify.annotations.NullMarked;
