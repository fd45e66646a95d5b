/**
 * What the addresses of all stores have in common. The service and the command line check an operator's URL with the
 * same code. Messages name the setting to change and never contain a password.
 */
@NullMarked
package dev.idem.core.connect;

import org.jspecify.annotations.NullMarked;
