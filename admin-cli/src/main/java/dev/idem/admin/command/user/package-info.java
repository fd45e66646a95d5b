/** Commands for the users of the service: user add, list, disable, enable, password. */
@NullMarked
package dev.idem.admin.command.user;

import org.jspecify.annotations.NullMarked;
