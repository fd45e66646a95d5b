/** What holds for the bodies of requests to the service's own API, whichever resource takes them. */
@NullMarked
package dev.idem.service.body;

import org.jspecify.annotations.NullMarked;
