/**
 * Reads a configuration file: YAML, whose {@code ${…}} placeholders are filled in after parsing. The service and the tool read
 * the same file in the same way.
 */
@NullMarked
package dev.idem.core.configfile;

import org.jspecify.annotations.NullMarked;
