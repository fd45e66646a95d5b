-- Gives a user another password; tokens given out before stay valid until they expire.
UPDATE users SET password_hash = :passwordHash WHERE email = :email
