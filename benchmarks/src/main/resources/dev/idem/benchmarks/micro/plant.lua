-- Copies an answered record under other names.
-- KEYS[1] the record    KEYS[2] and so on: the other names
local value = redis.call('GET', KEYS[1])
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], value, 'PX', 86400000)
end
