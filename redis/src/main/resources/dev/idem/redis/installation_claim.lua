-- Makes this Redis an installation's, if it is nobody's. One step, so that of many that start together one wins.
-- KEYS[1] the owner, a hash    ARGV[1] the installation's id    ARGV[2] its database
-- ARGV[3] the shorter id of the same installation that was seen there, which this one replaces; empty for none
-- Returns 1 if it was taken now, else 0.
local held = redis.call('HGET', KEYS[1], 'id')
if held and held ~= ARGV[3] then
  return 0
end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'database', ARGV[2])
return 1
