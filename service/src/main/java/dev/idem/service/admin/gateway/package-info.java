/** What operators see of the gateway. */
@NullMarked
package dev.idem.service.admin.gateway;

import org.jspecify.annotations.NullMarked;
