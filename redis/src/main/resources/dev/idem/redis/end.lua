-- Ends a generation in a bucket, and lets a refill in. "generation" is defined by a line that is put before this text.
-- KEYS[1] the bucket's marker    ARGV[1] what the refill puts there; left out, nothing is done
-- Returns 1 if the bucket was until now as it was trusted, else 0: in one step, since it might be emptied between two. A
-- server that has restarted does not know this script.
if #ARGV == 0 then
  return 0
end
local intact = redis.call('GET', KEYS[1]) == generation
redis.call('SET', KEYS[1], ARGV[1])
return intact and 1 or 0
