@NullMarked
package dev.idem.verification.scale;

import org.jspecify.annotations.NullMarked;
