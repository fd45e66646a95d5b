package dev.idem.redis.script;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** Reads records by their Redis keys, many in one round trip (in a cluster, one for each node). Thread-safe. */
public final class RecordReader {
    private static final Filter ALL = new Filter(null, null, null, PageBounds.RECORDS);
    private static final byte[] HEAD_BYTES = number(AnswerCodec.HEAD_BYTES);

    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RedisScript heads = RedisScript.loadWithLayout("heads.lua");
    private final RedisScript read = RedisScript.load("read.lua");

    public RecordReader(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.keys = keys;
        this.batch = new ScriptBatch(redis);
    }

    /** The heads of the existing records, in no particular order. */
    public List<RecordHead> heads(List<byte[]> names) {
        return heads(names, ALL);
    }

    /** The heads of those records that match, except for the filter's scope; held and completed ones are not told apart. Redis skips the others itself. */
    public List<RecordHead> heads(List<byte[]> names, Filter filter) {
        List<List<byte[]>> groups = keys.byBucket(names);
        List<byte[]> arguments = List.of(
                RecordCodec.beginning(filter.state()),
                number(filter.silentFor() == null ? -1 : filter.silentFor().toMillis()),
                HEAD_BYTES);
        List<Object> replies = batch.run(heads, groups, group -> List.of(group, arguments));
        List<RecordHead> found = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            add((List<?>) replies.get(i), groups.get(i), found);
        }
        return found;
    }

    private void add(List<?> reply, List<byte[]> names, List<RecordHead> found) {
        long now = (Long) reply.get(0);
        for (int i = 1; i < reply.size(); i += 4) {
            byte[] name = names.get(((Long) reply.get(i)).intValue() - 1);
            found.add(RecordCodec.decodeHead(
                    keys.parse(name),
                    (byte[]) reply.get(i + 1),
                    (Long) reply.get(i + 2),
                    (Long) reply.get(i + 3),
                    now));
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
                records.add(RecordCodec.decode(
                        keys.parse(names.get(i)), (byte[]) reply.get(0), (Long) reply.get(1), (Long) reply.get(2)));
            }
        }
        return records;
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(US_ASCII);
    }
}
