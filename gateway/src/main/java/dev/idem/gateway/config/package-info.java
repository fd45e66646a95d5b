/** The {@code gateway} section of a configuration file, checked: what is wrong stops the start with the key's name. */
@NullMarked
package dev.idem.gateway.config;

import org.jspecify.annotations.NullMarked;
