@NullMarked
package dev.idem.conformance.report;

import org.jspecify.annotations.NullMarked;
