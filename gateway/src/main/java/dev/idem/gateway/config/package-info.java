/** The {@code gateway} section of a configuration file. An invalid value stops the start and is named by its key. */
@NullMarked
package dev.idem.gateway.config;

import org.jspecify.annotations.NullMarked;
