/** {@code config.yml} as validated values. An invalid value stops the start and is named by its key. */
@NullMarked
package dev.idem.service.config;

import org.jspecify.annotations.NullMarked;
