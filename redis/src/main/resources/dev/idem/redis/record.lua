-- The value of a record, version 1, with big-endian integers. RecordCodec.java knows the same layout. This text is prepended
-- to each script that reads or writes a value.
--   1 version | 2 state P or C | 3-18 owner | 19-50 fingerprint | 51-58 fencing | 59-62 attempt | 63-70 claimed us
--   71-78 heartbeat us | 79-86 lock timeout ms | 87-94 completed us, 0 for not | 95-102 window ms, 0 for none
--   103-104 length of origin | origin | answer
local VERSION = 1
-- Version and state.
local PROCESSING, ANSWERED = '\1P', '\1C'
-- Where each field begins, as string.sub counts; it ends before the next one. GETRANGE counts from 0, so the bytes before a
-- field end at its position minus 2.
local OWNER, FINGERPRINT, FENCING, CLAIMED, HEARTBEAT, LOCK_TIMEOUT, COMPLETED, WINDOW, ORIGIN =
  3, 19, 51, 63, 71, 79, 87, 95, 103
-- From fencing to window, and the length of the origin.
local NUMBERS, LENGTH = '>I8I4I8I8I8I8I8', '>I2'
local NUMBER = '>I8'

-- What a command replies; false if the key is of another type than a record, which this script then passes over.
local function readable(...)
  local reply = redis.pcall(...)
  if type(reply) == 'table' then
    return not string.find(reply.err, 'WRONGTYPE', 1, true) and redis.call(...)
  end
  return reply
end

-- A tombstone: when the record was deleted, us, and then the owners whose answers were deleted. It has room for the last 64.
local TOMBSTONE_OWNERS, OWNER_BYTES, MOST_OF_A_TOMBSTONE = 9, 16, 1032

-- A tombstone, or false if there is none: whatever else is there counts as none.
local function tombstone_at(key)
  local held = readable('GET', key)
  return held and #held >= TOMBSTONE_OWNERS - 1 and held
end

-- Whether an owner is among those from this position on.
local function is_among(owners, from, owner)
  for at = from, #owners, OWNER_BYTES do
    if string.sub(owners, at, at + OWNER_BYTES - 1) == owner then
      return true
    end
  end
  return false
end

-- Adds a deletion to a tombstone, if there is one already. No owner is in it twice: a failback adds the same ones each time, and
-- would push out the others.
local function tombstone(held, deleted, owners)
  if held then
    deleted = math.max(deleted, struct.unpack(NUMBER, held))
    for at = TOMBSTONE_OWNERS, #held, OWNER_BYTES do
      local owner = string.sub(held, at, at + OWNER_BYTES - 1)
      if not is_among(owners, 1, owner) then
        owners = owners .. owner
      end
    end
  end
  return string.sub(struct.pack(NUMBER, deleted) .. owners, 1, MOST_OF_A_TOMBSTONE)
end

-- Whether an answer was deleted: it is an owner's whose answer was, or older than the deletion.
local function is_buried(held, owner, completed)
  if not held then
    return false
  end
  return completed <= struct.unpack(NUMBER, held) or is_among(held, TOMBSTONE_OWNERS, owner)
end
