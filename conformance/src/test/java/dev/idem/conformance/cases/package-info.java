@NullMarked
package dev.idem.conformance.cases;

import org.jspecify.annotations.NullMarked;
