package dev.idem.verification.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RandomFormTest {
    private final String form = System.getProperty("test.form", "short");
    private final String seed = System.getProperty("test.seed", "1");

    @AfterEach
    void restore() {
        System.setProperty("test.form", form);
        System.setProperty("test.seed", seed);
    }

    @Test
    void theSeedIsTheNumberThatIsWrittenDown() {
        System.setProperty("test.seed", "0123");

        assertThat(RandomForm.asked().seed()).isEqualTo(123);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "1.5", "0x1"})
    void aSeedThatIsNoNumberIsRefused(String written) {
        System.setProperty("test.seed", written);

        assertThatIllegalArgumentException().isThrownBy(RandomForm::asked).withMessageContaining("test.seed");
    }

    @Test
    void aFormThatIsUnknownIsRefused() {
        System.setProperty("test.form", "long");

        assertThatIllegalArgumentException().isThrownBy(RandomForm::asked).withMessageContaining("test.form");
    }
}
