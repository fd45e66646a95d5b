-- Writes a record as PostgreSQL knows it while Redis is being refilled, over what is there, unless that is later: a node's
-- journal may still hold what Redis granted before PostgreSQL decided.
-- KEYS[1] the record    KEYS[2] the marker of its bucket
-- ARGV[1] what the refill has put into the marker    ARGV[2] the value, its instants left open
-- ARGV[3] us since the claim    ARGV[4] us since the last heartbeat    ARGV[5] us since completion, -1 for none
-- ARGV[6] remaining life, ms
-- Returns 1, or 0 when another refill has begun. Ages are sent, not instants: the two servers' clocks may differ.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end

-- Of one owner the answer is later than its claim, unless the key was freed: then nothing of its life remains. Of two
-- owners the one with the higher number is later; but an answer that no other can follow stands, as in merge.sql.
local function is_later(held, told, life)
  if string.byte(held, 1) ~= VERSION then
    return false
  end
  local answered = string.sub(told, 1, OWNER - 1) == ANSWERED
  if string.sub(held, OWNER, FINGERPRINT - 1) == string.sub(told, OWNER, FINGERPRINT - 1) then
    return string.sub(held, 1, OWNER - 1) == ANSWERED and not answered and life > 1
  end
  local final = answered and struct.unpack(NUMBER, told, WINDOW) == 0
  return not final and struct.unpack(NUMBER, held, FENCING) > struct.unpack(NUMBER, told, FENCING)
end

local held = redis.call('GET', KEYS[1])
if held and is_later(held, ARGV[2], tonumber(ARGV[6])) then
  return 1
end

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local value, completedAge = ARGV[2], tonumber(ARGV[5])
redis.call('SET', KEYS[1],
  string.sub(value, 1, CLAIMED - 1)
    .. struct.pack(NUMBER, now - tonumber(ARGV[3]))
    .. struct.pack(NUMBER, now - tonumber(ARGV[4]))
    .. string.sub(value, LOCK_TIMEOUT, COMPLETED - 1)
    .. struct.pack(NUMBER, completedAge < 0 and 0 or now - completedAge)
    .. string.sub(value, WINDOW),
  'PX', ARGV[6])
return 1
