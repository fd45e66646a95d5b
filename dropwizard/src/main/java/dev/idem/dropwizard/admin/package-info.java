/** What the bundle adds to the admin port of an application, without taking a name or a path from it. */
@NullMarked
package dev.idem.dropwizard.admin;

import org.jspecify.annotations.NullMarked;
