/**
 * Reads an application's configuration file as the service reads its own: placeholders are filled in after parsing, and an
 * error names the key and its line. Optional for applications, which may keep Dropwizard's way.
 */
@NullMarked
package dev.idem.dropwizard.configfile;

import org.jspecify.annotations.NullMarked;
