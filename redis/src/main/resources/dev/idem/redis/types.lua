-- Finds those of the layer's own keys, apart from records, in which another program keeps something else.
-- KEYS the keys, all of one server    ARGV the type of each: string, hash, zset, or count for a string that is a whole number
-- Returns for each that is not as it should be three values: the key, its ARGV, and the type that it has: text if it is no number,
-- '' if this user may not ask. It reads with commands that the layer needs anyway; probe.lua says which one is forbidden.
local read = {
  string = { 'STRLEN' },
  count = { 'GET' },
  hash = { 'HGET', '' },
  zset = { 'ZRANGEBYSCORE', 1, 0 },
}
local DIGITS = 18 -- whatever has no more fits a whole number of 64 bits
local found = {}

local function add(place, held)
  local last = #found
  found[last + 1], found[last + 2], found[last + 3] = KEYS[place], ARGV[place], held
end

for place, key in ipairs(KEYS) do
  local command = read[ARGV[place]]
  local reply = redis.pcall(command[1], key, unpack(command, 2))
  if type(reply) == 'table' and reply.err and string.find(reply.err, 'WRONGTYPE', 1, true) then
    add(place, redis.pcall('TYPE', key).ok or '')
  elseif ARGV[place] == 'count' and type(reply) == 'string' and (#reply > DIGITS or not string.match(reply, '^%-?%d+$')) then
    add(place, 'text')
  end
end
return found
