-- Frees the key, if the lease is still the caller's. "generation" is defined by a line that is put before this text.
-- KEYS[1] the record    KEYS[2] the marker of its bucket    ARGV[1] owner
-- Returns {'1'}, {'0'} when the lease is lost, {'U'} when Redis does not decide. The layout stands in claim.lua.
if redis.call('GET', KEYS[2]) ~= generation then
  return {'U'}
end
local value = redis.call('GETRANGE', KEYS[1], 0, 17)
if string.sub(value, 1, 2) ~= '\1P' or string.sub(value, 3, 18) ~= ARGV[1] then
  return {'0'}
end
redis.call('DEL', KEYS[1])
return {'1'}
