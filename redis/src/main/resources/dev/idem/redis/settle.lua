-- Removes notes that have been settled, unless they were written anew meanwhile.
-- KEYS[1] the notes, a hash    ARGV: node, note, node, note, and so on    Returns how many were removed.
local removed = 0
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    removed = removed + redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
return removed
