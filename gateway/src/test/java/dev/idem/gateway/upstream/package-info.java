@NullMarked
package dev.idem.gateway.upstream;

import org.jspecify.annotations.NullMarked;
