/** What an operator may have the running application do, by a POST to the admin port. */
@NullMarked
package dev.idem.dropwizard.task;

import org.jspecify.annotations.NullMarked;
