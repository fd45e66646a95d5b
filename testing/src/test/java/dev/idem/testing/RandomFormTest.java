package dev.idem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RandomFormTest {
    @Test
    void eachFormHasItsLength() {
        assertThat(new RandomForm(false, 1).length(2, 30)).isEqualTo(2);
        assertThat(new RandomForm(true, 1).length(2, 30)).isEqualTo(30);
    }

    @Test
    void theSameSeedDrawsTheSame() {
        RandomForm form = new RandomForm(false, 7);

        assertThat(form.random().nextLong()).isEqualTo(form.random().nextLong());
        assertThat(form.random().nextLong())
                .isNotEqualTo(new RandomForm(false, 8).random().nextLong());
    }
}
