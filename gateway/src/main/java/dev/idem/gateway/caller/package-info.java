/** Who the caller is, and what it must show before it learns anything of an earlier request. */
@NullMarked
package dev.idem.gateway.caller;

import org.jspecify.annotations.NullMarked;
