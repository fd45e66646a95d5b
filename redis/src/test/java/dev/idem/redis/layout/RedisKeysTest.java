package dev.idem.redis.layout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisKeysTest {
    private final RedisKeys keys = new RedisKeys("idem:");

    @Test
    void aNameHasPrefixScopeAndKey() {
        assertThat(name("user:1", "k")).matches("idem:\\{[0-9a-f]}:rec:6:user:1:k");
    }

    @ParameterizedTest
    @CsvSource({"user:1,k", "a,b:c:d", "a:b,c", "1:2:3,4:5", "x,*?[a]\\"})
    void aNameIsReadBackAsTheRecordThatItNames(String scope, String key) {
        RecordId id = new RecordId(new Scope(scope), key);

        assertThat(keys.parse(keys.nameOf(id))).isEqualTo(id);
    }

    @Test
    void theRecordOfARequestWithoutAKeyIsReadBackAsThat() {
        RecordId id = RecordId.of(new Scope("user:1"), new Fingerprint(new byte[Fingerprint.LENGTH]));

        assertThat(keys.parse(keys.nameOf(id))).isEqualTo(id);
    }

    @Test
    void aRecordsNameDiffersFromAllOthers() {
        RecordId id = new RecordId(new Scope("user:1"), "k");

        assertThat(keys.isRecord(keys.nameOf(id))).isTrue();
        assertThat(keys.isRecord(keys.markerOf(id))).isFalse();
        assertThat(keys.isRecord(new RedisKeys("other:").nameOf(id))).isFalse();
    }

    @Test
    void aRecordsMarkerIsInItsBucket() {
        RecordId id = new RecordId(new Scope("user:1"), "k");
        String bucket = name("user:1", "k").substring(0, "idem:{x}".length());

        assertThat(new String(keys.markerOf(id), US_ASCII)).isEqualTo(bucket + ":trust");
    }

    @Test
    void recordsAreSpreadOverAllBuckets() {
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(n -> name("user:" + n % 7, "key-" + n).substring(0, "idem:{x}".length()))
                        .distinct())
                .hasSize(keys.markers().size());
    }

    @Test
    void aColonInScopeOrKeyNeverNamesAnotherRecord() {
        assertThat(name("a:b", "c")).isNotEqualTo(name("a", "b:c"));
    }

    @Test
    void whatIsSpecialInAPatternIsTakenLiterally() {
        assertThat(keys.patternForKey("a*[b]?")).isEqualTo("idem:{?}:rec:*:a\\*\\[b\\]\\?");
    }

    private String name(String scope, String key) {
        return new String(keys.nameOf(new RecordId(new Scope(scope), key)), US_ASCII);
    }
}
