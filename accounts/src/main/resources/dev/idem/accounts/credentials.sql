-- What a login is checked against.
SELECT id, email, role, enabled, created_at, password_hash FROM users WHERE email = :email
