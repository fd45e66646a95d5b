/** Request bodies of the service's own API. */
@NullMarked
package dev.idem.service.body;

import org.jspecify.annotations.NullMarked;
