/**
 * What lies between the server and Jersey: a request's body can be read more than once, and what a method writes to the servlet
 * response itself is held back. {@link dev.idem.dropwizard.servlet.ServletLayer} puts both in place. Knows nothing of records.
 */
@NullMarked
package dev.idem.dropwizard.servlet;

import org.jspecify.annotations.NullMarked;
