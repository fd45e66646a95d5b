package dev.idem.redis.script;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Reads records by their Redis keys, many in one round trip (in a cluster, one for each node). What is no record of this release
 * is told and left out. Thread-safe.
 */
public final class RecordReader {
    private static final Filter ALL = new Filter(null, null, null, PageBounds.RECORDS);
    private static final byte[] HEAD_BYTES = number(AnswerCodec.HEAD_BYTES);

    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final Consumer<UnreadableRecord> unreadable;
    private final RedisScript heads = RedisScript.loadWithLayout("heads.lua");
    private final RedisScript read = RedisScript.loadWithLayout("read.lua");

    /** @param unreadable receives what is left out */
    public RecordReader(Supplier<UnifiedJedis> redis, RedisKeys keys, Consumer<UnreadableRecord> unreadable) {
        this.keys = keys;
        this.batch = new ScriptBatch(redis);
        this.unreadable = unreadable;
    }

    /**
     * Has each server run the script that reads heads.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if one does not answer, or refuses
     */
    public void requireAll() {
        List<Object> unused = batch.onEachServer(
                heads, buckets -> List.of(List.of(keys.markers().get(buckets.get(0))), selecting(ALL)));
    }

    /** The heads of the existing records, in no particular order. */
    public List<RecordHead> heads(List<byte[]> names) {
        return heads(names, ALL);
    }

    /** The heads of those records that match, except for the filter's scope; held and completed ones are not told apart. Redis skips the others itself. */
    public List<RecordHead> heads(List<byte[]> names, Filter filter) {
        List<List<byte[]>> groups = keys.byBucket(names);
        List<byte[]> arguments = selecting(filter);
        List<Object> replies = batch.run(heads, groups, group -> List.of(group, arguments));
        List<RecordHead> found = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            add((List<?>) replies.get(i), groups.get(i), found);
        }
        return found;
    }

    private static List<byte[]> selecting(Filter filter) {
        return List.of(
                RecordCodec.beginning(filter.state()),
                number(filter.silentFor() == null ? -1 : filter.silentFor().toMillis()),
                HEAD_BYTES);
    }

    private void add(List<?> reply, List<byte[]> names, List<RecordHead> found) {
        long now = (Long) reply.get(0);
        for (int i = 1; i < reply.size(); i += 4) {
            byte[] name = names.get(((Long) reply.get(i)).intValue() - 1);
            byte[] beginning = (byte[]) reply.get(i + 1);
            long length = (Long) reply.get(i + 2);
            long remaining = (Long) reply.get(i + 3);
            readable(name, id -> RecordCodec.decodeHead(id, beginning, length, remaining, now))
                    .ifPresent(found::add);
        }
    }

    /** Passes on the existing records, in pages within {@link PageBounds}. Asks for their sizes first. */
    public void read(List<byte[]> names, Consumer<List<StoredRecord>> page) {
        for (List<RecordHead> sized : PageBounds.pages(heads(names), RecordHead::answerBytes)) {
            List<StoredRecord> records = readAtOnce(
                    sized.stream().map(head -> keys.nameOf(head.id())).toList());
            if (!records.isEmpty()) {
                page.accept(records);
            }
        }
    }

    /** The existing records, in request order, as many as are asked for. */
    public List<StoredRecord> readAtOnce(List<byte[]> names) {
        List<Object> replies = batch.run(read, names, name -> List.of(List.of(name), List.of()));
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            List<?> reply = (List<?>) replies.get(i);
            if (!reply.isEmpty()) { // else it was removed meanwhile
                readable(names.get(i), id -> decode(id, reply)).ifPresent(records::add);
            }
        }
        return records;
    }

    /**
     * One record.
     *
     * @throws UnreadableRecordException if it cannot be read
     */
    public Optional<StoredRecord> find(RecordId id) {
        byte[] name = keys.nameOf(id);
        List<?> reply = (List<?>) batch.run(read, List.of(name), one -> List.of(List.of(one), List.of()))
                .get(0);
        try {
            return reply.isEmpty() ? Optional.empty() : Optional.of(decode(id, reply));
        } catch (IllegalArgumentException e) {
            UnreadableRecord what = UnreadableRecord.of(RedisKeys.STORE, id, e);
            unreadable.accept(what);
            throw new UnreadableRecordException(what, e);
        }
    }

    private static StoredRecord decode(RecordId id, List<?> reply) {
        return RecordCodec.decode(id, (byte[]) reply.get(0), (Long) reply.get(1), (Long) reply.get(2));
    }

    private <R> Optional<R> readable(byte[] name, Function<RecordId, R> decoding) {
        @Nullable RecordId id = null;
        try {
            id = keys.parse(name);
            return Optional.of(decoding.apply(id));
        } catch (IllegalArgumentException e) {
            unreadable.accept(
                    id == null
                            ? UnreadableRecord.named(
                                    RedisKeys.STORE, new String(name, UTF_8), String.valueOf(e.getMessage()))
                            : UnreadableRecord.of(RedisKeys.STORE, id, e));
            return Optional.empty();
        }
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(US_ASCII);
    }
}
