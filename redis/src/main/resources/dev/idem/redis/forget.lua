-- Removes a record that is still processed by this owner, whoever decides: an owner may always let go of what is its own.
-- KEYS[1] the record    ARGV[1] owner    Returns 1 or 0.
local value = redis.call('GETRANGE', KEYS[1], 0, FINGERPRINT - 2)
if value ~= PROCESSING .. ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
