package dev.idem.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ChangelogTest {

    @Test
    void aFileIsReadOnceInAProcess() {
        Change first = new Changelog(Schema.IDEMPOTENCY_TABLES).changes().get(0);

        assertThat(new Changelog(Schema.IDEMPOTENCY_TABLES).changes().get(0)).isSameAs(first);
    }

    @Test
    void aFileThatIsMissingIsNamedEachTime() {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> new Changelog("no/such/changelog.xml"))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("no/such/changelog.xml");
        }
    }
}
