-- How many nodes have sent a heartbeat within the last five seconds. KEYS[1] the last heartbeat of each node, a sorted set
local time = redis.call('TIME')
return #redis.call('ZRANGEBYSCORE', KEYS[1], string.format('%.0f', (time[1] - 5) * 1000000 + time[2]), '+inf')
