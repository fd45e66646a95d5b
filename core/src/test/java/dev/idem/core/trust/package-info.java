@NullMarked
package dev.idem.core.trust;

import org.jspecify.annotations.NullMarked;
