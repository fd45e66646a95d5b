/** The state of the stores: the authoritative store, availability, latency, and the journal's lag. */
@NullMarked
package dev.idem.service.admin.store;

import org.jspecify.annotations.NullMarked;
