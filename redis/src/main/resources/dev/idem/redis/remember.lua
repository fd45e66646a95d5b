-- Keeps an answer that PostgreSQL has stored, for repeats to be answered with. What is there already stays if it is an
-- answer, or of another release. KEYS[1] the record    ARGV[1] the value, its instants left open
-- ARGV[2] remaining life, ms
-- Returns 1, or 0 when it stays. The layout stands in claim.lua.
local held = redis.call('GETRANGE', KEYS[1], 0, 1)
if held ~= '' and held ~= '\1P' then
  return 0
end
local time = redis.call('TIME')
local now = struct.pack('>I8', time[1] * 1000000 + time[2])
local value = ARGV[1]
redis.call('SET', KEYS[1],
  string.sub(value, 1, 62) .. now .. now .. string.sub(value, 79, 86) .. now .. string.sub(value, 95),
  'PX', ARGV[2])
return 1
