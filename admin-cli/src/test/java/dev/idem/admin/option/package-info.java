/** Tests what is typed. */
@NullMarked
package dev.idem.admin.option;

import org.jspecify.annotations.NullMarked;
