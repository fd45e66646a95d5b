/**
 * Records in Redis 6.2 or newer, or Valkey. Every step of a record is one Lua script on one key, decided by Redis's clock, so that it
 * runs on a cluster too. The scripts stand beside this package's resources; {@code record.lua} draws the value's layout.
 */
@NullMarked
package dev.idem.redis;

import org.jspecify.annotations.NullMarked;
