/** Which store is authoritative: the trust row in the durable store, Redis's generation, and its markers. */
@NullMarked
package dev.idem.core.store.authority;

import org.jspecify.annotations.NullMarked;
