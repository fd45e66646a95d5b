/** The operator's API, put together: one package for each thing that is asked about. */
@NullMarked
package dev.idem.service.admin;

import org.jspecify.annotations.NullMarked;
