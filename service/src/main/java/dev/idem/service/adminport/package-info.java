/**
 * Access to the admin port, its resources, and its address. {@link dev.idem.service.adminport.AdminPort} is all that
 * the application needs of it.
 */
@NullMarked
package dev.idem.service.adminport;

import org.jspecify.annotations.NullMarked;
