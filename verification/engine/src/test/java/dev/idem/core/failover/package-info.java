@NullMarked
package dev.idem.core.failover;

import org.jspecify.annotations.NullMarked;
