/** What operators see of the gateway. */
@NullMarked
package dev.idem.service.gateway.admin;

import org.jspecify.annotations.NullMarked;
