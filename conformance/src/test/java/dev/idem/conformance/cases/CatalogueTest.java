package dev.idem.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
    private final List<Case> cases = Catalogue.cases();

    @Test
    void thereAreManyCasesEachWithAnIdOfItsOwn() {
        assertThat(cases).hasSizeGreaterThanOrEqualTo(120);
        assertThat(cases).extracting(Case::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9-]+"));
    }

    @Test
    void aTitleIsPartOfASentence() {
        assertThat(cases).extracting(Case::title).allSatisfy(title -> assertThat(title)
                .matches("[A-Z0-9{\"].*[^.]"));
    }

    @Test
    void eachCaseIsRunForSomeProfile() {
        assertThat(cases).allMatch(one -> Arrays.stream(Profile.values())
                .anyMatch(profile -> one.exclusion(profile).isEmpty()));
    }
}
