-- Prolongs the turn to recover journals, and keeps the progress of the scan.
-- KEYS[1] the turn    KEYS[2] the progress, a hash
-- ARGV[1] this node's token    ARGV[2] the lease, ms    ARGV[3] how long the progress is kept, ms
-- ARGV[4] and so on: field, value, field, value    Returns 1, or 0 if the turn is not this node's any more.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[2])
for i = 4, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1
