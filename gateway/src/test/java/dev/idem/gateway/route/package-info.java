@NullMarked
package dev.idem.gateway.route;

import org.jspecify.annotations.NullMarked;
