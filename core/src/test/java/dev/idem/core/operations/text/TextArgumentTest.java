package dev.idem.core.operations.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextArgumentTest {

    @Test
    void aFlagIsTrueOrFalse() {
        assertThat(new TextArgument("dry-run", "true").flag()).isTrue();
        assertThat(new TextArgument("dry-run", "false").flag()).isFalse();
        assertThat(new TextArgument("dry-run", null).flag()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "TRUE", "1", "", " true"})
    void anythingElseIsRefusedInASentence(String text) {
        assertThatThrownBy(() -> new TextArgument("dry-run", text).flag())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The parameter dry-run must be true or false.");
    }

    @Test
    void aDurationHasAUnit() {
        assertThat(new TextArgument("older-than", "90s").duration()).contains(Duration.ofSeconds(90));
        assertThatThrownBy(() -> new TextArgument("older-than", "90").duration())
                .hasMessageContaining("such as 100ms");
    }
}
