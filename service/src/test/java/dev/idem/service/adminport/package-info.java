/** Tests without a server. */
@NullMarked
package dev.idem.service.adminport;

import org.jspecify.annotations.NullMarked;
