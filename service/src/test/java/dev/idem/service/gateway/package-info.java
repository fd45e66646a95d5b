@NullMarked
package dev.idem.service.gateway;

import org.jspecify.annotations.NullMarked;
