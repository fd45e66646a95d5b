/** Tests of what errors say. */
@NullMarked
package dev.idem.http.problem;

import org.jspecify.annotations.NullMarked;
