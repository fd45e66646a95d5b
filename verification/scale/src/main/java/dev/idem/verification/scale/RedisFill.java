package dev.idem.verification.scale;

import dev.idem.core.record.StoredRecord;
import java.time.Duration;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Writes a series to Redis in pipelines that are bounded by number and by bytes. */
final class RedisFill {
    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_BYTES = 4 << 20;

    private final UnifiedJedis redis;
    private final RecordValues values;

    RedisFill(UnifiedJedis redis, String keyPrefix) {
        this.redis = redis;
        this.values = new RecordValues(keyPrefix);
    }

    void write(RecordSeries series) {
        int written = 0;
        while (written < series.size()) {
            written += batch(series, written);
        }
    }

    private int batch(RecordSeries series, int from) {
        int records = 0;
        int bytes = 0;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            while (records < MOST_RECORDS && bytes < MOST_BYTES && from + records < series.size()) {
                StoredRecord record = series.record(from + records++);
                byte[] value = values.valueOf(record);
                bytes += value.length;
                long life =
                        Duration.between(record.readAt(), record.expiresAt()).toMillis();
                var unused = pipeline.set(
                        values.nameOf(record.id()), value, SetParams.setParams().px(life));
            }
        }
        return records;
    }
}
