package dev.idem.admin.settings;

import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.redis.connect.RedisTarget;
import java.nio.file.Path;

/**
 * Where the stores are.
 *
 * @param keyPrefix what every key of ours in Redis begins with
 * @param dataDirectory where embedded servers keep their data
 */
public record Settings(RedisTarget redis, String keyPrefix, DatabaseTarget database, Path dataDirectory) {}
