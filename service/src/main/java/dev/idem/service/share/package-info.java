/**
 * The service's own API, and the example of how to use the layer: users share links, and {@link
 * dev.idem.service.share.SharesResource#add} keeps each link once.
 */
@NullMarked
package dev.idem.service.share;

import org.jspecify.annotations.NullMarked;
