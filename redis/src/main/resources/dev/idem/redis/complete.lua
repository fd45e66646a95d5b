-- Stores the answer, if the lease is still the caller's. "generation" is defined by a line that is put before this text.
-- KEYS[1] the record    KEYS[2] the marker of its bucket
-- ARGV[1] owner    ARGV[2] time to live, ms    ARGV[3] answer (opaque)
-- Returns {'1'}, also when this owner had completed it before, {'0'} when the lease is lost, {'U'} when Redis does not
-- decide. The layout stands in claim.lua; what has another one is nobody's lease here.
local held = redis.call('MGET', KEYS[2], KEYS[1])
if held[1] ~= generation then
  return {'U'}
end
local value = held[2]
if not value or string.byte(value, 1) ~= 1 or string.sub(value, 3, 18) ~= ARGV[1] then
  return {'0'}
end
if string.sub(value, 2, 2) == 'C' then
  return {'1'}
end
local time = redis.call('TIME')
redis.call('SET', KEYS[1],
  string.sub(value, 1, 1) .. 'C' .. string.sub(value, 3, 86)
    .. struct.pack('>I8', time[1] * 1000000 + time[2])
    .. string.sub(value, 95) .. ARGV[3],
  'PX', ARGV[2])
return {'1'}
