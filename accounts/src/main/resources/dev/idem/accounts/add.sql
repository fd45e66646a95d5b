-- Adds a user unless the address is taken; no row comes back then.
INSERT INTO users (id, email, password_hash, role)
VALUES (:id, :email, :passwordHash, :role)
ON CONFLICT (email) DO NOTHING
RETURNING id, email, role, enabled, created_at
