-- What statistics need of a record, without its answer. KEYS[1] the record
-- ARGV[1] the answer that stands for an unknown outcome
-- Returns {state, us since the claim, us since the last heartbeat, lock time-out ms, window ms, 1 if the outcome is
-- unknown, bytes of memory or 0 where Redis does not tell, bytes of the value}, or an empty list when there is no record
-- of a known version. The layout stands in claim.lua.
local head = redis.call('GETRANGE', KEYS[1], 0, 103)
if #head < 104 or string.byte(head, 1) ~= 1 then
  return {}
end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local claimed, heartbeat, lockTimeout, _, window, origin = struct.unpack('>I8I8I8I8I8I2', head, 63)
local size = redis.call('STRLEN', KEYS[1])
local unknown = 0
if size == 104 + origin + #ARGV[1] and redis.call('GETRANGE', KEYS[1], 104 + origin, -1) == ARGV[1] then
  unknown = 1
end
local memory = redis.pcall('MEMORY', 'USAGE', KEYS[1])
return {string.sub(head, 2, 2), now - claimed, now - heartbeat, lockTimeout, window, unknown,
        type(memory) == 'number' and memory or 0, size}
