/** {@code config.yml} as values that have been checked: what is wrong stops the start with the key's name. */
@NullMarked
package dev.idem.service.config;

import org.jspecify.annotations.NullMarked;
