/** Holds the dashboard, the alerts and the runbook against the service and the tool that they speak of. */
@NullMarked
package dev.idem.ops;

import org.jspecify.annotations.NullMarked;
