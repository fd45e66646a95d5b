-- Removes journal gaps that have been recovered, unless they were noted again meanwhile.
-- KEYS[1] the journal gaps, a hash    ARGV: node, gap, node, gap, and so on    Returns how many were removed.
local removed = 0
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    removed = removed + redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
return removed
