@NullMarked
package dev.idem.gateway.client;

import org.jspecify.annotations.NullMarked;
