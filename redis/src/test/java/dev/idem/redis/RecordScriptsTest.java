package dev.idem.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Only record.lua says where a field is and how wide. The four scripts that decide are those of release 0.9.0, to the byte:
 * during a rolling upgrade nodes with other scripts would end each other's generations.
 */
final class RecordScriptsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bury",
                "changed",
                "clear_stale",
                "delete",
                "forget",
                "glance",
                "heads",
                "put",
                "read",
                "remember",
                "resolve"
            })
    void aScriptHasNoPositionsAndNoFormatsOfItsOwn(String name) throws Exception {
        String code = text(name).replaceAll("(?m)--.*$", "");

        assertThat(code).doesNotContain("'>I", "'\\1").doesNotContainPattern("string\\.sub\\(\\w+, [2-9]");
        assertThat(code).doesNotContainPattern("\\b\\d{2,3}\\b");
    }

    @Test
    void theLayoutHasThem() throws Exception {
        assertThat(text("record")).contains("'>I8I4I8I8I8I8I8'", "'\\1P'");
    }

    @ParameterizedTest
    @CsvSource({
        "claim, d01546c0e8e77b3eb74868d2f704a69547c94be9",
        "renew, 42c091d733fc0e5d7d4d92a2600f29d8f2bac4f7",
        "complete, 22a83791886e4522bbcd2d660575f28e0c21363b",
        "abandon, d2c3b3a016ea5cbca6983681ca1935979cc059bf",
    })
    void aScriptThatDecidesIsThatOfTheEarlierRelease(String name, String sha1) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(text(name).getBytes(UTF_8));

        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha1);
    }

    private static String text(String name) throws IOException {
        Path script = Path.of(
                requireNonNull(RedisStore.class.getResource(name + ".lua")).getPath());
        return Files.readString(script);
    }
}
