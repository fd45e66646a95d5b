/** {@code /console}: a page for operators, on the admin port. Plain modules that use the operator's API, served from the jar. */
@NullMarked
package dev.idem.service.console;

import org.jspecify.annotations.NullMarked;
