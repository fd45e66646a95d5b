-- Puts down, in the transaction that made a share, that it is to be told of.
INSERT INTO share_events (share_id, kind, derived_key)
VALUES (:share, 'share.created', :derivedKey)
