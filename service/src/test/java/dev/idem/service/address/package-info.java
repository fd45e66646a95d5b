/** Tests without a server. */
@NullMarked
package dev.idem.service.address;

import org.jspecify.annotations.NullMarked;
