-- A heartbeat. "generation" is defined by a line that is put before this text.
-- KEYS[1] the record    KEYS[2] the marker of its bucket    ARGV[1] owner    ARGV[2] time to live, ms
-- Returns {'1'}, {'0'} when the lease is lost, {'U'} when Redis does not decide. The layout stands in claim.lua.
if redis.call('GET', KEYS[2]) ~= generation then
  return {'U'}
end
local value = redis.call('GETRANGE', KEYS[1], 0, 85)
if string.sub(value, 1, 2) ~= '\1P' or string.sub(value, 3, 18) ~= ARGV[1] then
  return {'0'}
end
local time = redis.call('TIME')
local lockTimeout = struct.unpack('>I8', value, 79)
redis.call('SETRANGE', KEYS[1], 70, struct.pack('>I8', time[1] * 1000000 + time[2]))
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[2]) + lockTimeout)
return {'1'}
