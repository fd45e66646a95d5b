-- Removes a record whose owner is dead, unless it changed since the operator saw it.
-- KEYS[1] the record    ARGV[1] owner seen    ARGV[2] silence, ms
-- Returns 1 when it was removed, else 0. An owner is random and never holds a record twice, so that comparing the owner
-- says all that comparing the fencing number would. The layout stands in claim.lua.
local value = redis.call('GETRANGE', KEYS[1], 0, 85)
if string.sub(value, 1, 2) ~= '\1P' or string.sub(value, 3, 18) ~= ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local heartbeat = struct.unpack('>I8', value, 71)
if time[1] * 1000000 + time[2] - heartbeat <= tonumber(ARGV[2]) * 1000 then
  return 0
end
return redis.call('DEL', KEYS[1])
