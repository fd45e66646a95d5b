/** How the log looks: {@code text}, for people, beside Dropwizard's own {@code json}. Chosen by {@code LOG_FORMAT}. */
@NullMarked
package dev.idem.service.log;

import org.jspecify.annotations.NullMarked;
