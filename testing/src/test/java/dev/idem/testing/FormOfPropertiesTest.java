package dev.idem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;

@AddLifecycleHook(FormOfProperties.class)
final class FormOfPropertiesTest {
    private static final RandomForm FORM = RandomForm.asked();
    private static final List<Integer> TRIED = new ArrayList<>();
    private static final List<Integer> TRIED_AGAIN = new ArrayList<>();

    @Property(tries = 200)
    void someNumbers(@ForAll int number) {
        TRIED.add(number);
    }

    @Property(tries = 200)
    void theSameNumbers(@ForAll int number) {
        TRIED_AGAIN.add(number);
    }

    @AfterContainer
    static void theFormSaysHowManyAndFromWhichSeed() {
        assertThat(TRIED).hasSize(FORM.length(20, 200)).isEqualTo(TRIED_AGAIN);
    }
}
