package dev.idem.redis.layout;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of Redis keys. A record is {@code <prefix>{<bucket>}:rec:<length of scope>:<scope>:<key>}; the length makes the name
 * unambiguous for any characters in scope and key. Each bucket's marker is {@code <prefix>{<bucket>}:trust}. The part in braces
 * keeps a bucket on one node of a cluster (Redis Cluster specification, "hash tags"). A script can thus use a record and its
 * marker together. Thread-safe.
 */
public final class RedisKeys {
    /** The name of the store, for leases and failures. */
    public static final String STORE = "redis";

    /** How many there are. */
    public static final int BUCKETS = 16;

    private static final String RECORD = "}:rec:";
    private static final String TOMBSTONE = "}:gone:";
    private static final String MARKER = "}:trust";
    private static final String JOURNALS = "}:journals";
    private static final String ARREARS = "}:arrears";
    private static final String RECOVERY = "}:recovery";
    private static final String RECOVERY_TURN = "}:recovery-turn";
    private static final String INSTALLATION = "}:installation";
    private static final String DELETIONS = "}:deletions";
    private static final String PROBE = "}:probe-";
    private static final List<String> PROBED = List.of("string", "hash", "set", "count");

    private final String prefix;
    private final List<byte[]> markers;

    public RedisKeys(String prefix) {
        this.prefix = prefix + '{';
        this.markers = IntStream.range(0, BUCKETS)
                .mapToObj(bucket -> ascii(this.prefix + digit(bucket) + MARKER))
                .toList();
    }

    public byte[] nameOf(RecordId id) {
        return named(RECORD, id);
    }

    /** What is left of a record that an operator has deleted, in the same bucket. */
    public byte[] tombstoneOf(RecordId id) {
        return named(TOMBSTONE, id);
    }

    private byte[] named(String kind, RecordId id) {
        String scope = id.scope().value();
        return ascii(prefix + digit(bucketOf(id)) + kind + scope.length() + ':' + scope + ':' + id.key());
    }

    /** The marker of the bucket that the record is in. */
    public byte[] markerOf(RecordId id) {
        return markers.get(bucketOf(id));
    }

    /** The markers of all buckets. */
    public List<byte[]> markers() {
        return markers;
    }

    /** Nodes that have a journal, each with its last heartbeat. */
    public byte[] journals() {
        return ascii(prefix + digit(0) + JOURNALS);
    }

    /** The journal gaps. */
    public byte[] arrears() {
        return ascii(prefix + digit(0) + ARREARS);
    }

    /** The progress of a scan that recovers journals. */
    public byte[] recovery() {
        return ascii(prefix + digit(0) + RECOVERY);
    }

    /** Which node has the turn to recover journals. */
    public byte[] recoveryTurn() {
        return ascii(prefix + digit(0) + RECOVERY_TURN);
    }

    /** Which installation this Redis belongs to. */
    public byte[] installation() {
        return ascii(prefix + digit(0) + INSTALLATION);
    }

    /** How often operators have deleted a record. */
    public byte[] deletions() {
        return ascii(prefix + digit(0) + DELETIONS);
    }

    /** The reserved keys of a bucket that a probe writes and deletes: a string, a hash, a sorted set and a count. */
    public List<byte[]> probe(int bucket) {
        return PROBED.stream()
                .map(type -> ascii(prefix + digit(bucket) + PROBE + type))
                .toList();
    }

    /** All keys of a bucket that are no records and no tombstones, whether they exist or not. */
    public List<OwnKey> own(int bucket) {
        List<byte[]> probed = probe(bucket);
        Stream<OwnKey> ofEach = Stream.of(
                OwnKey.of(markers.get(bucket), OwnKey.STRING),
                OwnKey.of(probed.get(1), OwnKey.HASH),
                OwnKey.of(probed.get(2), OwnKey.SORTED_SET),
                OwnKey.of(probed.get(3), OwnKey.COUNT));
        Stream<OwnKey> ofFirst = Stream.of(
                OwnKey.of(journals(), OwnKey.SORTED_SET),
                OwnKey.of(arrears(), OwnKey.HASH),
                OwnKey.of(recovery(), OwnKey.HASH),
                OwnKey.of(recoveryTurn(), OwnKey.STRING),
                OwnKey.of(installation(), OwnKey.HASH),
                OwnKey.of(deletions(), OwnKey.COUNT));
        return (bucket == 0 ? Stream.concat(ofEach, ofFirst) : ofEach).toList();
    }

    /** Whether this is the name of a record. */
    public boolean isRecord(byte[] name) {
        String text = new String(name, US_ASCII);
        return text.startsWith(prefix) && text.startsWith(RECORD, prefix.length() + 1);
    }

    /**
     * The record of this name, which matches one of the patterns.
     *
     * @throws IllegalArgumentException if no record has such a name
     */
    public RecordId parse(byte[] name) {
        RecordId id;
        try {
            id = parts(new String(name, US_ASCII));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("its name is not that of a record", e);
        }
        if (!Arrays.equals(nameOf(id), name)) {
            throw new IllegalArgumentException("its name is not that of its scope and key");
        }
        return id;
    }

    private RecordId parts(String text) {
        int lengthAt = prefix.length() + 1 + RECORD.length();
        int scopeAt = text.indexOf(':', lengthAt) + 1;
        int keyAt = scopeAt + Integer.parseInt(text, lengthAt, scopeAt - 1, 10) + 1;
        return new RecordId(new Scope(text.substring(scopeAt, keyAt - 1)), text.substring(keyAt));
    }

    /** Whether this is the name of a record, and of this key. */
    public boolean isOfKey(byte[] name, String key) {
        try {
            return parse(name).key().equals(key);
        } catch (IllegalArgumentException noRecord) {
            return false;
        }
    }

    /** A SCAN pattern for all records. */
    public String patternForAll() {
        return anyBucket() + '*';
    }

    public String patternFor(Scope scope) {
        String value = scope.value();
        return anyBucket() + escape(value.length() + ":" + value) + ":*";
    }

    public String patternForKey(String key) {
        return anyBucket() + "*:" + escape(key);
    }

    /** Groups the names of records, so that a script can use a whole group in a cluster. */
    public List<List<byte[]>> byBucket(List<byte[]> names) {
        return List.copyOf(names.stream()
                .collect(Collectors.groupingBy(name -> name[prefix.length()]))
                .values());
    }

    /** Limits one of these patterns to the records of one bucket. */
    public String inBucket(String pattern, int bucket) {
        return escape(prefix) + digit(bucket) + pattern.substring(escape(prefix).length() + 1);
    }

    private String anyBucket() {
        return escape(prefix) + '?' + RECORD;
    }

    private static int bucketOf(RecordId id) {
        return Math.floorMod(31 * id.scope().value().hashCode() + id.key().hashCode(), BUCKETS);
    }

    private static char digit(int bucket) {
        return Character.forDigit(bucket, BUCKETS);
    }

    private static byte[] ascii(String name) {
        return name.getBytes(US_ASCII);
    }

    private static String escape(String literal) {
        return literal.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1");
    }
}
