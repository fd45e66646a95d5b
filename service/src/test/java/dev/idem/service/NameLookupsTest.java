package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameLookupsTest {
    @Test
    void whatIsSetNowhereIsFiveSeconds() {
        assertThat(NameLookups.unlessSet(null, null)).contains("5");
    }

    /** By the file {@code java.security}, or by a flag of older Java that some still use. */
    @ParameterizedTest
    @CsvSource({"60,", ",60", "-1,0", "0,"})
    void whatAnAdministratorHasSetStays(String property, String flag) {
        assertThat(NameLookups.unlessSet(property, flag)).isEmpty();
    }
}
