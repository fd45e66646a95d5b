package dev.idem.redis.recovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.store.recovery.RecoveryTurn;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.ForeignKeys;
import dev.idem.redis.script.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * The turn as a key in Redis that expires, and the progress of the scan as a hash. A field {@code note:} and a node's name is a
 * note that the scan covers. Nodes of release 0.9.0 scan without a turn; that costs time, and changes nothing else. Thread-safe.
 */
public final class RedisRecoveryTurn implements RecoveryTurn {
    /** A scan that nobody has continued for so long begins again. */
    private static final Duration PROGRESS_KEPT = Duration.ofMinutes(10);

    private static final String NOTE = "note:";
    private static final String CURSOR = "cursor";
    private static final String SCANNED = "scanned";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** As {@link ScanPosition#text()} writes it. */
    private static final Pattern CURSORS = Pattern.compile("\\S* ((\\d|1[0-5]):)?\\d{1,20}");

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final ForeignKeys foreign;
    private final byte[] token = ascii(UUID.randomUUID().toString());
    private final RedisScript take = RedisScript.load("turn_take.lua");
    private final RedisScript keep = RedisScript.load("turn_keep.lua");
    private final RedisScript end = RedisScript.load("turn_end.lua");

    /**
     * The turn as one node uses it.
     *
     * @param keyPrefix the prefix of all our keys
     */
    public RedisRecoveryTurn(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
        this.foreign = new ForeignKeys(redis, keys);
    }

    @Override
    public boolean take(Duration lease) {
        return isDone(take, List.of(keys.recoveryTurn()), List.of(token, millis(lease)));
    }

    /** Empty also if what is there is no node's progress: the scan begins again. */
    @Override
    public Optional<Progress> left() {
        Map<String, String> fields =
                JournalGapRegistry.texts(foreign.translate(() -> redis.get().hgetAll(keys.recovery())));
        @Nullable String cursor = fields.get(CURSOR);
        String scanned = fields.getOrDefault(SCANNED, "0");
        if (fields.isEmpty()
                || !NUMBER.matcher(scanned).matches()
                || (cursor != null && !CURSORS.matcher(cursor).matches())) {
            return Optional.empty();
        }
        Map<String, String> notes = new HashMap<>();
        fields.forEach((field, value) -> {
            if (field.startsWith(NOTE)) {
                notes.put(field.substring(NOTE.length()), value);
            }
        });
        return Optional.of(new Progress(JournalGapRegistry.notes(notes), cursor, Long.parseLong(scanned)));
    }

    @Override
    public boolean keep(Progress progress, Duration lease) {
        List<byte[]> arguments = new ArrayList<>(List.of(token, millis(lease), millis(PROGRESS_KEPT)));
        progress.notes().byNode().forEach((node, note) -> add(arguments, NOTE + node, note));
        add(arguments, SCANNED, Long.toString(progress.scanned()));
        if (progress.cursor() != null) {
            add(arguments, CURSOR, progress.cursor());
        }
        return isDone(keep, List.of(keys.recoveryTurn(), keys.recovery()), arguments);
    }

    @Override
    public void release() {
        end(Duration.ZERO);
    }

    @Override
    public void done(Duration rest) {
        end(rest);
    }

    private void end(Duration rest) {
        boolean unused = isDone(end, List.of(keys.recoveryTurn(), keys.recovery()), List.of(token, millis(rest)));
    }

    private boolean isDone(RedisScript script, List<byte[]> names, List<byte[]> arguments) {
        return Long.valueOf(1).equals(foreign.translate(() -> script.run(redis.get(), names, arguments)));
    }

    private static void add(List<byte[]> arguments, String field, String value) {
        arguments.add(field.getBytes(ISO_8859_1));
        arguments.add(value.getBytes(ISO_8859_1));
    }

    private static byte[] millis(Duration duration) {
        return ascii(Long.toString(duration.toMillis()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
