-- Caches an answer that PostgreSQL has stored, so that repeats can be replayed from Redis. It does not replace an answer, or
-- a record of another release, and does not bring back an answer that an operator has deleted.
-- KEYS[1] the record    KEYS[2] its tombstone    ARGV[1] the value without its instants    ARGV[2] remaining time to live, ms
-- Returns 1, or 0 if the earlier value stays.
local held = readable('GETRANGE', KEYS[1], 0, OWNER - 2)
if held ~= '' and held ~= PROCESSING then
  return 0
end
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local now = struct.pack(NUMBER, micros)
local value = ARGV[1]
if is_buried(tombstone_at(KEYS[2]), string.sub(value, OWNER, FINGERPRINT - 1), micros) then
  return 0
end
redis.call('SET', KEYS[1],
  string.sub(value, 1, CLAIMED - 1) .. now .. now .. string.sub(value, LOCK_TIMEOUT, COMPLETED - 1)
    .. now .. string.sub(value, WINDOW),
  'PX', ARGV[2])
return 1
