package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordStatistics;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordLog;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RecordReader;
import dev.idem.redis.script.RedisScan;
import dev.idem.redis.script.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * An operator's view of the records in Redis. Lists them by SCAN in bounded steps, so that Redis serves other clients meanwhile.
 * Thread-safe.
 */
public final class RedisRecords implements RecordAdministration {
    private static final int KEYS_PER_STEP = 500;

    /** A search passes over at most so many keys, of any application, for each record that it may examine. */
    private static final int KEYS_PER_RECORD = 10;

    private static final byte[] UNKNOWN = AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN);
    private static final byte[] NOTHING = {};

    private final Supplier<UnifiedJedis> redis;
    private final String keyPrefix;
    private final RedisKeys keys;
    private final RedisScan scan;
    private final RecordReader reader;
    private final RedisDeletions deletions;
    private final RedisScript clearStale = RedisScript.loadWithLayout("clear_stale.lua");
    private final RedisScript delete = RedisScript.loadWithLayout("delete.lua");
    private final RedisScript resolve = RedisScript.loadWithLayout("resolve.lua");

    /**
     * Gets the client from {@code redis} at each call, and never closes it.
     *
     * @param redis may throw a {@link dev.idem.core.store.StoreUnavailableException}
     * @param keyPrefix the prefix of all our keys, such as {@code idem:}
     */
    public RedisRecords(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this(redis, keyPrefix, new UnreadableRecordLog());
    }

    private RedisRecords(Supplier<UnifiedJedis> redis, String keyPrefix, Consumer<UnreadableRecord> unreadable) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
        this.keys = new RedisKeys(keyPrefix);
        this.scan = new RedisScan(redis, keys);
        this.reader = new RecordReader(redis, keys, unreadable);
        this.deletions = new RedisDeletions(redis, keyPrefix);
    }

    @Override
    public String name() {
        return RedisStore.NAME;
    }

    @Override
    public RecordAdministration reporting(Consumer<UnreadableRecord> unreadable) {
        return new RedisRecords(redis, keyPrefix, unreadable);
    }

    @Override
    public void requireWhole() {
        reader.requireAll();
    }

    @Override
    public Optional<StoredRecord> find(RecordId id) {
        return reader.find(id);
    }

    @Override
    public List<RecordHead> heads(List<RecordId> ids) {
        return PageBounds.pages(ids, id -> 0).stream()
                .flatMap(page -> reader.heads(page.stream().map(keys::nameOf).toList()).stream())
                .toList();
    }

    /** Searches the names of all records, since Redis has no index. If there are more than it may examine, it finds none. */
    @Override
    public Found findByKey(String key, int limit, Depth depth) {
        if (hasMoreThan(depth)) {
            return new Found(List.of(), false);
        }
        List<RecordHead> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            RedisScan.Step step = scan.step(keys.patternForKey(key), cursor, KEYS_PER_STEP);
            // The pattern also matches a longer key that ends in ":" and this key.
            List<byte[]> names = step.names().stream()
                    .filter(name -> keys.isOfKey(name, key))
                    .toList();
            found.addAll(reader.heads(names));
            cursor = step.next();
        } while (cursor != null && found.size() <= limit);
        return Found.first(limit, found, true);
    }

    /** Keys of other applications do not count, unless there are so many that they would delay the search. */
    private boolean hasMoreThan(Depth depth) {
        if (depth.equals(Depth.WHOLE)) {
            return false;
        }
        long all = RedisFailures.translate(name(), () -> redis.get().dbSize());
        if (all <= depth.records()) {
            return false;
        }
        if (all > (long) KEYS_PER_RECORD * depth.records()) {
            return true;
        }
        long ours = 0;
        @Nullable String cursor = null;
        do {
            RedisScan.Step step = scan.step(keys.patternForAll(), cursor, KEYS_PER_STEP);
            ours += step.names().size();
            cursor = step.next();
        } while (cursor != null && ours <= depth.records());
        return ours > depth.records();
    }

    /** As {@link #findByKey}, and then all heads of the scope. */
    @Override
    public Found newest(Scope scope, Optional<Predicate<String>> route, int limit, Depth depth) {
        if (hasMoreThan(depth)) {
            return new Found(List.of(), false);
        }
        NewestHeads newest = new NewestHeads(limit);
        Filter filter = new Filter(null, scope, null, KEYS_PER_STEP);
        @Nullable String cursor = null;
        do {
            Page page = list(filter, cursor);
            page.records().stream()
                    .filter(head ->
                            route.isEmpty() || route.get().test(head.origin().route()))
                    .forEach(newest::add);
            cursor = page.next();
        } while (cursor != null);
        return new Found(newest.list(), true);
    }

    @Override
    public Page list(Filter filter, @Nullable String cursor) {
        String pattern = filter.scope() == null ? keys.patternForAll() : keys.patternFor(filter.scope());
        RedisScan.Step step = scan.step(pattern, cursor, filter.pageSize());
        return new Page(
                reader.heads(step.names(), filter).stream()
                        .filter(filter::matches)
                        .toList(),
                step.next());
    }

    @Override
    public boolean clearIfStale(SeenRecord seen, Duration silence) {
        byte[] silenceMillis = Long.toString(silence.toMillis()).getBytes(US_ASCII);
        Object removed = RedisFailures.translate(
                name(),
                () -> clearStale.run(
                        redis.get(),
                        List.of(keys.nameOf(seen.id())),
                        List.of(RecordCodec.owner(seen.owner()), silenceMillis)));
        return Long.valueOf(1).equals(removed);
    }

    @Override
    public boolean resolve(SeenRecord seen, Answer answer) {
        return resolveAs(seen, AnswerCodec.encode(answer));
    }

    @Override
    public boolean release(SeenRecord seen) {
        return resolveAs(seen, NOTHING);
    }

    private boolean resolveAs(SeenRecord seen, byte[] answer) {
        Object done = RedisFailures.translate(
                name(),
                () -> resolve.run(
                        redis.get(),
                        List.of(keys.nameOf(seen.id()), keys.tombstoneOf(seen.id())),
                        List.of(RecordCodec.owner(seen.owner()), UNKNOWN, answer)));
        return Long.valueOf(1).equals(done);
    }

    @Override
    public RecordStatistics statistics(Duration limit, LongConsumer counted) {
        return new RedisStatistics(redis, keys).count(limit, counted);
    }

    @Override
    public RecordStatistics estimate(Duration limit) {
        return new RedisStatistics(redis, keys).estimate(limit);
    }

    @Override
    public boolean delete(Tombstone tombstone) {
        Object deleted = RedisFailures.translate(
                name(),
                () -> delete.run(
                        redis.get(),
                        List.of(keys.nameOf(tombstone.id()), keys.tombstoneOf(tombstone.id())),
                        List.of(
                                RecordCodec.owners(tombstone.owners()),
                                Long.toString(tombstone.life().toMillis()).getBytes(US_ASCII))));
        deletions.add();
        return Long.valueOf(1).equals(deleted);
    }
}
