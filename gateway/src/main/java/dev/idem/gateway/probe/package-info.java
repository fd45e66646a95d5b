/** Questions to an upstream on behalf of a caller: whether a request took effect, and whether credentials hold. */
@NullMarked
package dev.idem.gateway.probe;

import org.jspecify.annotations.NullMarked;
