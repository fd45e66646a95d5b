-- Locks a user out: neither logins nor tokens given out before are taken any more.
UPDATE users SET enabled = false WHERE email = :email
