/** What the benchmarks of the stores begin with. */
@NullMarked
package dev.idem.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
