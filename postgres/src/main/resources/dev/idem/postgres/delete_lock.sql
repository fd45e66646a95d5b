-- Waits for all statements that read tombstones, and lets no other begin until this transaction ends. So a journal that writes the
-- same record at this moment has either written it, or will find the tombstone. Deletions are rare, and take no time.
LOCK TABLE idempotency_tombstones IN ACCESS EXCLUSIVE MODE
