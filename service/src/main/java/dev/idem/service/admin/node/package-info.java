/** What this node knows of itself: its counters, how they have moved lately, and which store it takes to be in charge. */
@NullMarked
package dev.idem.service.admin.node;

import org.jspecify.annotations.NullMarked;
