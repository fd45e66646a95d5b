/** The service as its clients and operators see it: in this process with real stores, and as the jar that is shipped. */
@NullMarked
package dev.idem.service;

import org.jspecify.annotations.NullMarked;
