package dev.idem.redis.connect;

import redis.clients.jedis.exceptions.JedisException;

/** A command was not sent, since no connection was free in time. */
final class NoFreeConnectionException extends JedisException {
    private static final long serialVersionUID = 1L;

    NoFreeConnectionException(String message) {
        super(message);
    }
}
