/** The {@code ${…}} places of a configuration file: the service and the tool read one file, and fill it in one way. */
@NullMarked
package dev.idem.core.placeholder;

import org.jspecify.annotations.NullMarked;
