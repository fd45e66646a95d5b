/** How the cost of what operators do grows with the number of records: see docs/capacity.md. */
@NullMarked
package dev.idem.ops.scale;

import org.jspecify.annotations.NullMarked;
