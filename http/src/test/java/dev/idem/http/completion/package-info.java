@NullMarked
package dev.idem.http.completion;

import org.jspecify.annotations.NullMarked;
