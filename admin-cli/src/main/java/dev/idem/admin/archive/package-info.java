/** What the build runs to let the program start quickly. Nothing else imports it. */
@NullMarked
package dev.idem.admin.archive;

import org.jspecify.annotations.NullMarked;
