/**
 * What the addresses of all stores have in common: an operator's URL is checked once and alike for the service and the
 * command line. Messages name the setting to change and never hold a password.
 */
@NullMarked
package dev.idem.core.connect;

import org.jspecify.annotations.NullMarked;
