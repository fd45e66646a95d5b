-- Takes the turn to recover journals, unless another node has it. A node whose reply was lost gets its turn again.
-- KEYS[1] the turn    ARGV[1] this node's token    ARGV[2] the lease, ms    Returns 1 if the turn is this node's, else 0.
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
