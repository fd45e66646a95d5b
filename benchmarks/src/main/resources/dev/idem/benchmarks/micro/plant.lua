-- Copies an answered record under other names: its own with a number behind it.
-- KEYS[1] the record    ARGV[1], ARGV[2] the first number and the last one
local value = redis.call('GET', KEYS[1])
for number = ARGV[1], ARGV[2] do
  redis.call('SET', KEYS[1] .. string.format(':%d', number), value, 'PX', 86400000)
end
