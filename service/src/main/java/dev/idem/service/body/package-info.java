/** How bodies of requests are read: how fast they have to come, whoever reads them; and what holds for those to the service's own API. */
@NullMarked
package dev.idem.service.body;

import org.jspecify.annotations.NullMarked;
