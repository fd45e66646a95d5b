/** What a method gets of JDBC: a connection that leaves the end of the transaction to the bundle, and ends with it in all its parts. */
@NullMarked
package dev.idem.dropwizard.atomic.jdbc;

import org.jspecify.annotations.NullMarked;
