/** This node's counters and their recent rates. */
@NullMarked
package dev.idem.service.admin.node;

import org.jspecify.annotations.NullMarked;
