/** Tests. */
@NullMarked
package dev.idem.admin.settings;

import org.jspecify.annotations.NullMarked;
