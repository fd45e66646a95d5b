/** What users of the artifacts get. */
@NullMarked
package dev.idem.consumer;

import org.jspecify.annotations.NullMarked;
