@NullMarked
package dev.idem.core.record.answer;

import org.jspecify.annotations.NullMarked;
