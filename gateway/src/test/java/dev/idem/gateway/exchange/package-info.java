@NullMarked
package dev.idem.gateway.exchange;

import org.jspecify.annotations.NullMarked;
