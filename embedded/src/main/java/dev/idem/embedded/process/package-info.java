/** A server's process: how it is found, started and ended, and who may do so. */
@NullMarked
package dev.idem.embedded.process;

import org.jspecify.annotations.NullMarked;
