/**
 * What the addresses of all stores have in common. The service and the command line check an operator's URL with the
 * same code. Messages name the setting to change and never contain a password. A server's certificate that is refused is
 * named alike, whichever store sent it.
 */
@NullMarked
package dev.idem.core.connect;

import org.jspecify.annotations.NullMarked;
