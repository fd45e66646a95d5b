-- Removes a record in any state, and leaves a tombstone, so that no copy of its answer is written here later.
-- KEYS[1] the record    KEYS[2] its tombstone
-- ARGV[1] the owners of its copies that have answered, one after the other    ARGV[2] how long copies may exist, ms
-- Returns 1 if there was a record, else 0. The lease of a running request is not buried: its answer will be a new one.
local head = readable('GETRANGE', KEYS[1], 0, FINGERPRINT - 2) or ''
local owners = ARGV[1]
if string.sub(head, 1, OWNER - 1) == ANSWERED then
  owners = owners .. string.sub(head, OWNER)
end
local time = redis.call('TIME')
local stone = tombstone(tombstone_at(KEYS[2]), time[1] * 1000000 + time[2], owners)
redis.call('SET', KEYS[2], stone, 'PX', math.max(tonumber(ARGV[2]), redis.call('PTTL', KEYS[2])))
return redis.call('DEL', KEYS[1])
