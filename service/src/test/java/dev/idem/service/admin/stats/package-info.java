/** Tests without a server. */
@NullMarked
package dev.idem.service.admin.stats;

import org.jspecify.annotations.NullMarked;
