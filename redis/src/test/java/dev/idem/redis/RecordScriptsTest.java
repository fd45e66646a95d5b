package dev.idem.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a field stands, and how wide it is, no script but the one that is put before them says; those
 * that decide are as they were in release 0.9.0. */
final class RecordScriptsTest {

    @ParameterizedTest
    @ValueSource(strings = {"clear_stale", "forget", "glance", "put", "read", "remember", "resolve"})
    void aScriptHasNoPositionsAndNoFormatsOfItsOwn(String name) throws Exception {
        String code = text(name).replaceAll("(?m)--.*$", "");

        assertThat(code).doesNotContain("'>I", "'\\1").doesNotContainPattern("string\\.sub\\(\\w+, [2-9]");
        assertThat(code).doesNotContainPattern("\\b\\d{2,3}\\b");
    }

    @Test
    void theLayoutHasThem() throws Exception {
        assertThat(text("record")).contains("'>I8I4I8I8I8I8I8'", "'\\1P'");
    }

    private static String text(String name) throws IOException {
        Path script = Path.of(
                requireNonNull(RedisScript.class.getResource(name + ".lua")).getPath());
        return Files.readString(script);
    }
}
