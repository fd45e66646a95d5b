@NullMarked
package dev.idem.http.jetty;

import org.jspecify.annotations.NullMarked;
