-- Ends the turn to recover journals, if it is this node's. KEYS[1] the turn    KEYS[2] the progress, a hash
-- ARGV[1] this node's token    ARGV[2] how long no node takes the next turn, ms; 0 keeps the progress, because the scan ended
-- early    Returns 1, or 0 if the turn is not this node's.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], 'resting', 'PX', ARGV[2])
  redis.call('DEL', KEYS[2])
end
return 1
