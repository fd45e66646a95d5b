/** Reads where the stores are, from the same config.yml and environment as the service. */
@NullMarked
package dev.idem.admin.settings;

import org.jspecify.annotations.NullMarked;
