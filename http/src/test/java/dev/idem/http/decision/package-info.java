@NullMarked
package dev.idem.http.decision;

import org.jspecify.annotations.NullMarked;
