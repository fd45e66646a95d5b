@NullMarked
package dev.idem.http.memory;

import org.jspecify.annotations.NullMarked;
