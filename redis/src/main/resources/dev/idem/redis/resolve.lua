-- Resolves a held request, unless the record changed since the operator saw it. It does not matter which store is the
-- authoritative one.
-- KEYS[1] the record    KEYS[2] its tombstone
-- ARGV[1] owner that the operator saw    ARGV[2] the answer that means an unknown outcome
-- ARGV[3] the answer that replaces it; an empty one removes the record, and leaves a tombstone until it would have expired,
--   and a minute more, since the two stores do not let it expire at the same moment
-- Returns 1 if the request was resolved, else 0. The time to live does not change.
local MINUTE = 60000 -- ms
local value = readable('GET', KEYS[1])
if not value or string.sub(value, 1, FINGERPRINT - 1) ~= ANSWERED .. ARGV[1] then
  return 0
end
local head = ORIGIN + 1 + struct.unpack(LENGTH, value, ORIGIN)
if string.sub(value, head + 1) ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  local time = redis.call('TIME')
  local stone = tombstone(tombstone_at(KEYS[2]), time[1] * 1000000 + time[2], ARGV[1])
  local life = math.max(math.max(0, redis.call('PTTL', KEYS[1])) + MINUTE, redis.call('PTTL', KEYS[2]))
  redis.call('SET', KEYS[2], stone, 'PX', life)
  return redis.call('DEL', KEYS[1])
end
redis.call('SET', KEYS[1], string.sub(value, 1, head) .. ARGV[3], 'KEEPTTL')
return 1
