@NullMarked
package dev.idem.core.fingerprint;

import org.jspecify.annotations.NullMarked;
