/** The manual's pages, which the build makes of what the commands say of themselves. */
@NullMarked
package dev.idem.admin.manual;

import org.jspecify.annotations.NullMarked;
