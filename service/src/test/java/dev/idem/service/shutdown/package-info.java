@NullMarked
package dev.idem.service.shutdown;

import org.jspecify.annotations.NullMarked;
