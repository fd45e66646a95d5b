/** Who a caller is, and what it must show before it is told of an earlier request. */
@NullMarked
package dev.idem.gateway.caller;

import org.jspecify.annotations.NullMarked;
