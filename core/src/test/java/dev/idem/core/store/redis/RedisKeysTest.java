package dev.idem.core.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisKeysTest {
    private final RedisKeys keys = new RedisKeys("idem:");

    @Test
    void aNameHasPrefixScopeAndKey() {
        assertThat(name("user:1", "k")).isEqualTo("idem:rec:6:user:1:k");
    }

    @ParameterizedTest
    @CsvSource({"user:1,k", "a,b:c:d", "a:b,c", "1:2:3,4:5", "x,*?[a]\\"})
    void aNameIsReadBackAsTheRecordThatItNames(String scope, String key) {
        RecordId id = new RecordId(new Scope(scope), key);

        assertThat(keys.parse(keys.nameOf(id))).isEqualTo(id);
    }

    @Test
    void aColonInScopeOrKeyNeverNamesAnotherRecord() {
        assertThat(name("a:b", "c")).isNotEqualTo(name("a", "b:c"));
    }

    @Test
    void whatIsSpecialInAPatternIsTakenLiterally() {
        assertThat(keys.patternForKey("a*[b]?")).asString(US_ASCII).isEqualTo("idem:rec:*:a\\*\\[b\\]\\?");
    }

    private String name(String scope, String key) {
        return new String(keys.nameOf(new RecordId(new Scope(scope), key)), US_ASCII);
    }
}
