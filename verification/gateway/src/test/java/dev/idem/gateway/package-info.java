@NullMarked
package dev.idem.gateway;

import org.jspecify.annotations.NullMarked;
