/**
 * The {@code ${…}} placeholders of a configuration file: the service and the tool read the same file and fill it in the same
 * way.
 */
@NullMarked
package dev.idem.core.placeholder;

import org.jspecify.annotations.NullMarked;
