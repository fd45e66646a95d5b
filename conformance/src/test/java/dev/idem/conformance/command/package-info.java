@NullMarked
package dev.idem.conformance.command;

import org.jspecify.annotations.NullMarked;
