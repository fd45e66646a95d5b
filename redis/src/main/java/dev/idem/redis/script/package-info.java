/** Runs scripts and scans for one record or many, on a server or a cluster. The scripts are resources of {@code dev.idem.redis}. */
@NullMarked
package dev.idem.redis.script;

import org.jspecify.annotations.NullMarked;
