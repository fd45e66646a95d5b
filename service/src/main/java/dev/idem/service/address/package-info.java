/** IP addresses, parsed without resolving names. */
@NullMarked
package dev.idem.service.address;

import org.jspecify.annotations.NullMarked;
