-- Writes a record as PostgreSQL knows it, over whatever is there, while Redis is being refilled.
-- KEYS[1] the record    KEYS[2] the marker of its bucket
-- ARGV[1] what the refill has put into the marker    ARGV[2] the value, its instants left open
-- ARGV[3] us since the claim    ARGV[4] us since the last heartbeat    ARGV[5] us since completion, -1 for none
-- ARGV[6] remaining life, ms
-- Returns 1, or 0 when another refill has begun. Ages are sent, not instants: the two servers' clocks may differ.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local value, completedAge = ARGV[2], tonumber(ARGV[5])
redis.call('SET', KEYS[1],
  string.sub(value, 1, 62)
    .. struct.pack('>I8I8', now - tonumber(ARGV[3]), now - tonumber(ARGV[4]))
    .. string.sub(value, 79, 86)
    .. struct.pack('>I8', completedAge < 0 and 0 or now - completedAge)
    .. string.sub(value, 95),
  'PX', ARGV[6])
return 1
