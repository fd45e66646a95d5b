@NullMarked
package dev.idem.dropwizard.task;

import org.jspecify.annotations.NullMarked;
