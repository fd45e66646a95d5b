package dev.idem.ops.scale;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/**
 * What both stores have done since their start, by their own counters. Unlike time it does not depend on the machine.
 *
 * @param commands of Redis
 * @param bytes that Redis has sent
 * @param blocks that PostgreSQL has read in this database, from memory or disk
 */
record Work(long commands, long bytes, long blocks) {
    private static final Pattern CALLS = Pattern.compile("cmdstat_\\S+?:calls=(\\d+)");
    private static final Pattern SENT = Pattern.compile("total_net_output_bytes:(\\d+)");
    private static final Work SLACK = new Work(10, 100_000, 500);

    /** Nobody else uses the stores at this moment. */
    static Work now(UnifiedJedis redis, Jdbi database) {
        return new Work(
                sum(CALLS, redis.info("commandstats")),
                sum(SENT, redis.info("stats")),
                database.withHandle(handle -> handle.createQuery(
                                "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()")
                        .mapTo(Long.class)
                        .one()));
    }

    Work since(Work before) {
        return new Work(commands - before.commands, bytes - before.bytes, blocks - before.blocks);
    }

    /** Whether no part of it is more than so many times that of another, but for what a start costs. */
    boolean isAtMost(double factor, Work other) {
        return commands <= factor * other.commands + SLACK.commands
                && bytes <= factor * other.bytes + SLACK.bytes
                && blocks <= factor * other.blocks + SLACK.blocks;
    }

    private static long sum(Pattern number, String text) {
        return number.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(number::matcher)
                .mapToLong(found -> found.find() ? Long.parseLong(found.group(1)) : 0)
                .sum();
    }
}
