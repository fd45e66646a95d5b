/** Cases about bodies: when two of them say the same, and how they are sent. */
@NullMarked
package dev.idem.conformance.cases.body;

import org.jspecify.annotations.NullMarked;
