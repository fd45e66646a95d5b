/**
 * Who may come in at the admin port, what they find there, and where it is. {@link dev.idem.service.adminport.AdminPort} is all
 * that the application needs of it.
 */
@NullMarked
package dev.idem.service.adminport;

import org.jspecify.annotations.NullMarked;
