--liquibase formatted sql

--changeset idem:002-users
--comment: who may log in
CREATE TABLE users (
    id            uuid        PRIMARY KEY,
    email         text        NOT NULL UNIQUE CHECK (email = lower(email)),
    password_hash text        NOT NULL,
    role          text        NOT NULL CHECK (role IN ('user', 'admin')),
    enabled       boolean     NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE users IS 'Who may log in';
COMMENT ON COLUMN users.email IS 'In lower case';
COMMENT ON COLUMN users.password_hash IS 'Argon2id, with its parameters and salt';
--rollback DROP TABLE users;
