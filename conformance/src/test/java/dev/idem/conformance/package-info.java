@NullMarked
package dev.idem.conformance;

import org.jspecify.annotations.NullMarked;
