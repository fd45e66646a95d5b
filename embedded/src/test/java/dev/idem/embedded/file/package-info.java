/** Tests. */
@NullMarked
package dev.idem.embedded.file;

import org.jspecify.annotations.NullMarked;
