@NullMarked
package dev.idem.verification;

import org.jspecify.annotations.NullMarked;
