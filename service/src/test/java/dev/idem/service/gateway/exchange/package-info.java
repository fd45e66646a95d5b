@NullMarked
package dev.idem.service.gateway.exchange;

import org.jspecify.annotations.NullMarked;
