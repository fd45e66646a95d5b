@NullMarked
package dev.idem.service.gateway.upstream;

import org.jspecify.annotations.NullMarked;
