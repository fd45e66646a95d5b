/**
 * Records in Redis 6.2 or newer, or Valkey. Every step of a record is one Lua script on one record, by Redis's clock, so it also
 * runs on a cluster. The scripts are resources of this package, and {@code script} runs them; {@code record.lua} describes the value's layout.
 */
@NullMarked
package dev.idem.redis;

import org.jspecify.annotations.NullMarked;
