@NullMarked
package dev.idem.verification.support;

import org.jspecify.annotations.NullMarked;
