/** The gateway's routes in the operators' API. */
@NullMarked
package dev.idem.service.admin.gateway;

import org.jspecify.annotations.NullMarked;
