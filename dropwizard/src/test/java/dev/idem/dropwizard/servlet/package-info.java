@NullMarked
package dev.idem.dropwizard.servlet;

import org.jspecify.annotations.NullMarked;
