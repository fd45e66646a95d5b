/** The service's own protected API: links that users share, each of which is to be kept once. */
@NullMarked
package dev.idem.service.share;

import org.jspecify.annotations.NullMarked;
