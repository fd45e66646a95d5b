@NullMarked
package dev.idem.http.log;

import org.jspecify.annotations.NullMarked;
