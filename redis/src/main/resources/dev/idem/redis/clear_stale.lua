-- Removes a record whose owner is dead, unless the record changed since the operator saw it.
-- KEYS[1] the record    ARGV[1] owner that the operator saw    ARGV[2] time without a heartbeat, ms
-- Returns 1 if the record was removed, else 0. An owner is random and never holds a record twice. Comparing the owner is
-- therefore as good as comparing the fencing number.
local value = readable('GETRANGE', KEYS[1], 0, LOCK_TIMEOUT - 2)
if not value or string.sub(value, 1, FINGERPRINT - 1) ~= PROCESSING .. ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local heartbeat = struct.unpack(NUMBER, value, HEARTBEAT)
if time[1] * 1000000 + time[2] - heartbeat <= tonumber(ARGV[2]) * 1000 then
  return 0
end
return redis.call('DEL', KEYS[1])
