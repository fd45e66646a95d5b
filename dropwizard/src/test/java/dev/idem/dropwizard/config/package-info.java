@NullMarked
package dev.idem.dropwizard.config;

import org.jspecify.annotations.NullMarked;
