-- Records the heartbeat of a node that has a journal. Also notes a journal gap for each node that sends none any more: the
-- unwritten entries of its journal are lost. All times are by Redis's clock.
-- KEYS[1] the last heartbeat of each node, a sorted set    KEYS[2] the journal gaps, a hash
-- ARGV[1] this node    ARGV[2] how long a node may send no heartbeat, ms    ARGV[3] the longest journal lag, ms
-- Returns how many nodes were found dead. A journal gap holds the time, in us, from which PostgreSQL may lack records, and then
-- something that makes it differ from all earlier ones of its node. It never begins later than a gap that is already noted: a
-- node whose journal was stuck for long, and that then dies, has lost more than its last minute.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZADD', KEYS[1], now, ARGV[1])
local dead = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', now - ARGV[2] * 1000), 'WITHSCORES')
for i = 1, #dead, 2 do
  local from = math.max(0, tonumber(dead[i + 1]) - ARGV[3] * 1000)
  local noted = redis.call('HGET', KEYS[2], dead[i])
  if noted then
    from = math.min(from, tonumber(string.match(noted, '^%d+')) or 0)
  end
  redis.call('HSET', KEYS[2], dead[i], string.format('%.0f:%.0f', from, now))
  redis.call('ZREM', KEYS[1], dead[i])
end
return #dead / 2
