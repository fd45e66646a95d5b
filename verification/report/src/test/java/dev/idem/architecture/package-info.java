/** Which module and which package may know which. */
@NullMarked
package dev.idem.architecture;

import org.jspecify.annotations.NullMarked;
