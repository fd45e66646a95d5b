/** The health pages of the admin port and the checks behind them, whether this node is ready, and the Prometheus endpoint. */
@NullMarked
package dev.idem.dropwizard.health;

import org.jspecify.annotations.NullMarked;
