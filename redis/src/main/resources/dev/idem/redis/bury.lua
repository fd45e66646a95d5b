-- Removes an answer that an operator has deleted, and brings the tombstone. This Redis did not hear of the deletion, or has an
-- old file. A later answer stays, and so does a lease.
-- KEYS[1] the record    KEYS[2] its tombstone    KEYS[3] the marker of its bucket
-- ARGV[1] the owners whose answers were deleted, one after the other    ARGV[2] us since the deletion
-- ARGV[3] how long copies may exist, ms    ARGV[4] the refill's marker, empty outside of a refill
-- Returns 1 if there was such an answer, else 0; -1 if another refill has begun.
if ARGV[4] ~= '' and redis.call('GET', KEYS[3]) ~= ARGV[4] then
  return -1
end
local time = redis.call('TIME')
local deleted = time[1] * 1000000 + time[2] - tonumber(ARGV[2])
local stone = tombstone(tombstone_at(KEYS[2]), deleted, ARGV[1])
redis.call('SET', KEYS[2], stone, 'PX', math.max(tonumber(ARGV[3]), redis.call('PTTL', KEYS[2])))
local value = readable('GETRANGE', KEYS[1], 0, ORIGIN - 2)
if value and #value == ORIGIN - 1
    and string.sub(value, 1, OWNER - 1) == ANSWERED
    and is_buried(stone, string.sub(value, OWNER, FINGERPRINT - 1), struct.unpack(NUMBER, value, COMPLETED)) then
  return redis.call('DEL', KEYS[1])
end
return 0
