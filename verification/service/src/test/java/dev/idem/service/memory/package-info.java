@NullMarked
package dev.idem.service.memory;

import org.jspecify.annotations.NullMarked;
