/** What is sent: bodies as shops send them. */
@NullMarked
package dev.idem.benchmarks.body;

import org.jspecify.annotations.NullMarked;
