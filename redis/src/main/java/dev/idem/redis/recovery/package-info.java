/** What nodes leave for each other when they die: heartbeats, journal gaps, and the turn and the scan to recover them. */
@NullMarked
package dev.idem.redis.recovery;

import org.jspecify.annotations.NullMarked;
