package dev.idem.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.conformance.cases.Catalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CasesPageTest {
    @Test
    void theCommittedPageIsTheOneThatWouldBeWritten() {
        assertThat(Path.of("..", "docs", "conformance.md"))
                .as("conformance.jar --write-docs docs/conformance.md")
                .hasContent(CasesPage.of(Catalogue.themes()));
    }
}
