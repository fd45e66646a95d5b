@NullMarked
package dev.idem.service.log;

import org.jspecify.annotations.NullMarked;
