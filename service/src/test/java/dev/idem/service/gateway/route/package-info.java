@NullMarked
package dev.idem.service.gateway.route;

import org.jspecify.annotations.NullMarked;
