-- Removes a record that is still processed by this owner, whoever decides: an owner may always let go of what is its own.
-- KEYS[1] the record    ARGV[1] owner    Returns 1 or 0. The layout stands in claim.lua.
local value = redis.call('GETRANGE', KEYS[1], 0, 17)
if string.sub(value, 1, 2) ~= '\1P' or string.sub(value, 3, 18) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
