@NullMarked
package dev.idem.http.key;

import org.jspecify.annotations.NullMarked;
