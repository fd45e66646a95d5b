/** The hot pieces of a request's way, one by one, under JMH. */
@NullMarked
package dev.idem.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
