@NullMarked
package dev.idem.http.config;

import org.jspecify.annotations.NullMarked;
