-- Copies a record from PostgreSQL to Redis during a refill. It replaces the record in Redis unless that one is later: a
-- node's journal may still contain leases that Redis granted before the failover. It also replaces what is no record.
-- KEYS[1] the record    KEYS[2] the marker of its bucket    KEYS[3] its tombstone, if an operator has deleted an answer of it
-- ARGV[1] the refill's marker    ARGV[2] the value without its instants
-- ARGV[3] us since the claim    ARGV[4] us since the last heartbeat    ARGV[5] us since completion, -1 for none
-- ARGV[6] remaining time to live, ms
-- Returns 1, or 0 if another refill has begun. The arguments are ages, not instants, because the servers' clocks may differ.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end

-- An owner's answer is later than its claim, unless the key was freed: then no time to live remains. Of two owners the one
-- with the higher fencing number is later. But an answer without a window stays, because no other can follow it (merge.sql).
local function is_later(held, told, life)
  if string.byte(held, 1) ~= VERSION or #held < ORIGIN then
    return false
  end
  local answered = string.sub(told, 1, OWNER - 1) == ANSWERED
  if string.sub(held, OWNER, FINGERPRINT - 1) == string.sub(told, OWNER, FINGERPRINT - 1) then
    return string.sub(held, 1, OWNER - 1) == ANSWERED and not answered and life > 1
  end
  local final = answered and struct.unpack(NUMBER, told, WINDOW) == 0
  return not final and struct.unpack(NUMBER, held, FENCING) > struct.unpack(NUMBER, told, FENCING)
end

local held = readable('GET', KEYS[1])
if held and is_later(held, ARGV[2], tonumber(ARGV[6])) then
  return 1
end

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local value, completedAge = ARGV[2], tonumber(ARGV[5])
if completedAge >= 0
    and is_buried(tombstone_at(KEYS[3]), string.sub(value, OWNER, FINGERPRINT - 1), now - completedAge) then
  return 1
end
redis.call('SET', KEYS[1],
  string.sub(value, 1, CLAIMED - 1)
    .. struct.pack(NUMBER, now - tonumber(ARGV[3]))
    .. struct.pack(NUMBER, now - tonumber(ARGV[4]))
    .. string.sub(value, LOCK_TIMEOUT, COMPLETED - 1)
    .. struct.pack(NUMBER, completedAge < 0 and 0 or now - completedAge)
    .. string.sub(value, WINDOW),
  'PX', ARGV[6])
return 1
