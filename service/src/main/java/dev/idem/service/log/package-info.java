/** Log layouts: {@code text}, for people, besides Dropwizard's own {@code json}. {@code LOG_FORMAT} chooses. */
@NullMarked
package dev.idem.service.log;

import org.jspecify.annotations.NullMarked;
