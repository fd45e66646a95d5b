-- Removes a record that this owner still processes. It does not matter which store is the authoritative one, because an owner
-- may always release its own record.
-- KEYS[1] the record    ARGV[1] owner    Returns 1 or 0.
local value = readable('GETRANGE', KEYS[1], 0, FINGERPRINT - 2)
if value ~= PROCESSING .. ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
