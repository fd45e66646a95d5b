/** How fast the body of a request has to come, whoever reads it. */
@NullMarked
package dev.idem.service.body;

import org.jspecify.annotations.NullMarked;
